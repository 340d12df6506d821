package io.taxoscope.gateway.routing;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;

import io.taxoscope.gateway.services.ServiceAddresses;
import io.taxoscope.support.problems.ProblemDetails;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Which addresses belong to which service. Bodies pass through as streams, in both directions. */
@Configuration(proxyBeanMethods = false)
class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    @Bean
    RouterFunction<ServerResponse> activationRoutes(ServiceAddresses services) {
        return to(
                "activation",
                services.activation(),
                List.of(
                        "models",
                        "hub-downloads",
                        "datasets",
                        "uploads",
                        "extractions",
                        "extractions:estimate",
                        "shard-sets",
                        "interventions"));
    }

    @Bean
    RouterFunction<ServerResponse> saeRoutes(ServiceAddresses services) {
        return to("sae", services.sae(), List.of("saes", "sae-groups", "encodings", "evaluations", "reconstructions"));
    }

    @Bean
    RouterFunction<ServerResponse> taxonomyRoutes(ServiceAddresses services) {
        return to(
                "taxonomy",
                services.taxonomy(),
                List.of("taxonomies", "synsets", "labels", "scorings", "relations", "comparisons"));
    }

    private static RouterFunction<ServerResponse> to(String service, URI address, List<String> collections) {
        RequestPredicate paths = collections.stream()
                .map(name ->
                        RequestPredicates.path("/api/v1/" + name).or(RequestPredicates.path("/api/v1/" + name + "/**")))
                .reduce(RequestPredicate::or)
                .orElseThrow();
        return route(service)
                .route(paths, http())
                .before(uri(address))
                .onError(ResourceAccessException.class, (failure, request) -> unreachable(service, failure, request))
                .build();
    }

    private static ServerResponse unreachable(String service, Throwable failure, ServerRequest request) {
        LOG.warn("{}-service does not answer: {}", service, failure.getMessage());
        ProblemDetail problem = ProblemDetails.of(
                HttpStatus.BAD_GATEWAY,
                "UPSTREAM_UNREACHABLE",
                "%s-service does not answer; try again in a moment".formatted(service),
                List.of());
        problem.setInstance(URI.create(request.requestPath().value()));
        return ServerResponse.status(HttpStatus.BAD_GATEWAY)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
