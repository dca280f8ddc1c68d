package org.smileadventure.query.openapi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.smileadventure.common.http.IfMatch;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Format;
import org.smileadventure.query.answer.Offered;
import org.smileadventure.query.page.Page;
import org.smileadventure.query.share.ShareToken;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;

/**
 * The description of the API at {@code /v3/api-docs}: what the endpoints' signatures do not say.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
  private static final String PROBLEM = "Problem";
  private static final Set<String> OPEN =
      Set.of(
          "/health",
          "/api/v1/privacy/retention",
          "/api/v1/shared",
          "/api/v1/shared/report",
          "/api/v1/shared/pictures/{picture}",
          "/api/v1/auth/jwks",
          "/api/v1/auth/token",
          "/api/v1/auth/refresh",
          "/api/v1/auth/register",
          "/api/v1/auth/verify",
          "/api/v1/auth/verify/resend",
          "/api/v1/auth/password/forgotten",
          "/api/v1/auth/password/reset");

  private static final Set<String> THROTTLED =
      Set.of(
          "get-shared",
          "get-shared-report",
          "get-shared-pictures-picture",
          "post-auth-token",
          "post-auth-register",
          "post-auth-verify-resend",
          "post-auth-password",
          "post-auth-password-forgotten",
          "post-auth-password-reset",
          "delete-me");

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(
            ChildRequest.class,
            Asked.class,
            Period.class,
            Page.class,
            Format.class,
            IfMatch.class,
            Language.class,
            ShareToken.class);
  }

  // The description is made by Jackson 2, which does not know how Spring's Jackson 3 names fields.
  @Bean
  ModelResolver modelResolver() {
    return new ModelResolver(
        new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Smile Analytics")
                .version("1.0.0")
                .description(
                    "How children come along: for their parents and professionals. Lists are pages: "
                        + "next_cursor leads to the next one. Errors are problem documents (RFC 9457)."))
        .components(
            new Components()
                .addSecuritySchemes(
                    "bearer",
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT"))
                .addSchemas(
                    PROBLEM,
                    new ObjectSchema()
                        .addProperty("type", new StringSchema())
                        .addProperty("title", new StringSchema())
                        .addProperty("status", new IntegerSchema())
                        .addProperty("detail", new StringSchema())
                        .addProperty("instance", new StringSchema())))
        .addSecurityItem(new SecurityRequirement().addList("bearer"));
  }

  @Bean
  OperationCustomizer impliedParameters() {
    return (operation, method) -> {
      var types =
          Arrays.stream(method.getMethodParameters())
              .map(MethodParameter::getParameterType)
              .collect(Collectors.toSet());
      // Of a record's components their Java names are taken.
      if (operation.getParameters() != null) {
        operation
            .getParameters()
            .forEach(
                parameter ->
                    parameter.setName(
                        PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(
                            parameter.getName())));
      }
      if (types.contains(ChildRequest.class)) {
        operation.addParametersItem(
            new Parameter()
                .in("path")
                .name("id")
                .required(true)
                .description("the child's number")
                .schema(new IntegerSchema().format("int64").minimum(BigDecimal.ONE)));
      }
      if (types.contains(Period.class)) {
        query(
            operation,
            "window",
            "7d, 30d (if nothing is said), 90d, 365d or all; ends today, where the child lives",
            new StringSchema()._enum(List.of("7d", "30d", "90d", "365d", "all")));
        query(
            operation,
            "from",
            "the first day, with to in the place of window",
            new StringSchema().format("date"));
        query(
            operation,
            "to",
            "the last day; at most 366 days from the first",
            new StringSchema().format("date"));
      }
      if (types.contains(Page.class)) {
        query(
            operation,
            "limit",
            "how many items at most",
            new IntegerSchema().minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(100)));
        query(operation, "cursor", "next_cursor of the page before", new StringSchema());
      }
      if (types.contains(ChildRequest.class) || types.contains(Asked.class)) {
        query(
            operation,
            "fields",
            "only these fields of the answer, as score.trend,totals",
            new StringSchema());
      }
      if (types.contains(Language.class)) {
        operation.addParametersItem(
            new Parameter()
                .in("header")
                .name(HttpHeaders.ACCEPT_LANGUAGE)
                .description("of the sentences: en (if nothing is said) or it")
                .schema(new StringSchema()));
      }
      if (types.contains(ShareToken.class)) {
        operation.addParametersItem(
            new Parameter()
                .in("header")
                .name(ShareToken.HEADER)
                .required(true)
                .description("the token of a link to a report")
                .schema(new StringSchema()));
        problem(operation, "404", "There is no such link");
        problem(operation, "410", "The link has ended, or was taken back");
      }
      if (types.contains(IfMatch.class)) {
        operation.addParametersItem(
            new Parameter()
                .in("header")
                .name(HttpHeaders.IF_MATCH)
                .description(
                    "the ETag of what is changed: if that is not so any more, nothing is done")
                .schema(new StringSchema()));
        problem(operation, "412", "It was changed meanwhile, and nothing was done");
      }
      for (var parameter : method.getMethodParameters()) {
        var offered = parameter.getParameterAnnotation(Offered.class);
        if (offered != null) {
          query(
              operation,
              "format",
              "in the place of the header Accept; "
                  + offered.value()[0].wireName()
                  + " without both",
              new StringSchema()
                  ._enum(Arrays.stream(offered.value()).map(Format::wireName).toList()));
        }
      }
      return operation;
    };
  }

  private static void query(Operation operation, String name, String description, Schema<?> type) {
    operation.addParametersItem(
        new Parameter().in("query").name(name).description(description).schema(type));
  }

  /** Errors are the same everywhere; examples lie beside this class, named for their operation. */
  @Bean
  GlobalOpenApiCustomizer problemsAndExamples() {
    return api ->
        api.getPaths()
            .forEach(
                (path, item) ->
                    item.readOperationsMap()
                        .forEach(
                            (method, operation) -> {
                              operation.setOperationId(operationId(method.name(), path));
                              problems(path, operation);
                              examples(operation);
                            }));
  }

  /** As {@code get-children-id-trends}. */
  private static String operationId(String method, String path) {
    return (method + path.replace("/api/v1", ""))
        .toLowerCase(Locale.ROOT)
        .replaceAll("[{}]", "")
        .replaceAll("[^a-z0-9]+", "-");
  }

  private static void problems(String path, Operation operation) {
    problem(operation, "400", "A parameter or the body is not valid");
    if (OPEN.contains(path)) {
      operation.setSecurity(List.of());
    } else {
      problem(operation, "401", "No token, or one that is not accepted");
      problem(operation, "403", "Not for this role");
    }
    problem(operation, "406", "Accept has no type that the answer can be sent as");
    if (operation.getRequestBody() != null) {
      problem(operation, "415", "The body is not JSON");
    }
    if (path.contains("{")) {
      problem(operation, "404", "There is none that the caller may see");
    }
    if (THROTTLED.contains(operation.getOperationId())) {
      problem(operation, "429", "Too many tries; Retry-After tells when to try again");
    }
    problem(operation, "503", "The database does not answer; Retry-After tells when to try again");
  }

  /** Whatever an operation says itself about a status stands. */
  private static void problem(Operation operation, String status, String usual) {
    var said = operation.getResponses().get(status);
    var description = said == null ? usual : said.getDescription();
    operation
        .getResponses()
        .addApiResponse(
            status,
            new ApiResponse()
                .description(description)
                .content(
                    new Content()
                        .addMediaType(
                            "application/problem+json",
                            new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
  }

  private static void examples(Operation operation) {
    var file = new ClassPathResource(operation.getOperationId() + ".json", ApiDescription.class);
    if (!file.exists()) {
      return;
    }
    try {
      var example =
          new ObjectMapper().readValue(file.getContentAsString(StandardCharsets.UTF_8), Map.class);
      var answer = requireNonNull(operation.getResponses().get("200"));
      requireNonNull(answer.getContent().get("application/json"))
          .addExamples("one", new Example().value(example));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
