package org.smileadventure.demo.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonAppend;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.VirtualBeanPropertyWriter;
import tools.jackson.databind.util.Annotations;

/**
 * What a next version of query-api has on its class path: each object in its answers has a field
 * more.
 */
@Configuration(proxyBeanMethods = false)
public class NextVersion {
  static final String FIELD = "edition";

  /** Makes the jar of a next version of a service, which needs the one of today where it is. */
  static Path jar(Path today, String mainClass, Path directory) {
    var manifest = new Manifest();
    var attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
    attributes.put(Attributes.Name.CLASS_PATH, today.toUri().toString());
    var jar = directory.resolve("next-" + today.getFileName());
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (var type : List.of(NextVersion.class, WithEdition.class, Edition.class)) {
        var name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(name));
        try (var in = type.getClassLoader().getResourceAsStream(name)) {
          if (in == null) {
            throw new IOException("there is no " + name);
          }
          in.transferTo(out);
        }
      }
      out.putNextEntry(
          new ZipEntry(
              "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports"));
      out.write(NextVersion.class.getName().getBytes(UTF_8));
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Bean
  JacksonModule fieldOfTheNextVersion() {
    return new SimpleModule(FIELD).setMixInAnnotation(Record.class, WithEdition.class);
  }

  @JsonAppend(props = @JsonAppend.Prop(value = Edition.class, name = FIELD))
  abstract static class WithEdition {}

  /** Its value. */
  public static final class Edition extends VirtualBeanPropertyWriter {
    private static final long serialVersionUID = 1;

    public Edition() {}

    private Edition(BeanPropertyDefinition definition, Annotations annotations, JavaType type) {
      super(definition, annotations, type);
    }

    @Override
    protected Object value(Object bean, JsonGenerator out, SerializationContext context) {
      return "next";
    }

    @Override
    public VirtualBeanPropertyWriter withConfig(
        MapperConfig<?> config,
        AnnotatedClass declaring,
        BeanPropertyDefinition definition,
        JavaType type) {
      return new Edition(definition, declaring.getAnnotations(), type);
    }
  }
}
