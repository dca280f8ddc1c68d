package org.smileadventure.demo.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.FileSystemResource;

/**
 * The settings of a service as Spring resolves them from its application.yaml, what that imports,
 * and an environment.
 *
 * @param port it listens on
 * @param read names of the environment that a placeholder of the settings asks for
 * @param unresolved what is wrong with the settings in this environment
 */
record ServiceSettings(int port, Set<String> read, Set<String> unresolved) {
  private static final String CLASSPATH = "classpath:";

  static ServiceSettings of(String module, Map<String, String> environment) {
    var asked = new TreeSet<String>();
    var sources = new MutablePropertySources();
    var own = load(module + "/src/main/resources/application.yaml");
    sources.addLast(new Asked(environment, asked));
    if (own.getProperty("spring.config.import") instanceof String imported) {
      if (!imported.startsWith(CLASSPATH)) {
        throw new IllegalStateException("spring.config.import of " + module + " is " + imported);
      }
      sources.addLast(load("common/src/main/resources/" + imported.substring(CLASSPATH.length())));
    }
    sources.addLast(own);

    var resolver = new PropertySourcesPropertyResolver(sources);
    var unresolved = new TreeSet<String>();
    for (PropertySource<?> source : sources) {
      for (var name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
        try {
          resolver.getProperty(name);
        } catch (IllegalArgumentException e) {
          unresolved.add(name + ": " + e.getMessage());
        }
      }
    }
    return new ServiceSettings(
        resolver.getRequiredProperty("server.port", Integer.class), asked, unresolved);
  }

  private static EnumerablePropertySource<?> load(String path) {
    try {
      var documents =
          new YamlPropertySourceLoader().load(path, new FileSystemResource(Checkout.file(path)));
      if (documents.size() != 1) {
        throw new IllegalStateException(path + " has " + documents.size() + " documents, not one");
      }
      return (EnumerablePropertySource<?>) documents.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An environment that notes what it is asked for. Its own names are not offered as properties, so
   * that none counts as read for being there.
   */
  private static final class Asked extends MapPropertySource {
    private final Set<String> asked;

    Asked(Map<String, String> environment, Set<String> asked) {
      super("environment", Map.copyOf(environment));
      this.asked = asked;
    }

    @Override
    public String[] getPropertyNames() {
      return new String[0];
    }

    @Override
    public @Nullable Object getProperty(String name) {
      asked.add(name);
      return super.getProperty(name);
    }
  }
}
