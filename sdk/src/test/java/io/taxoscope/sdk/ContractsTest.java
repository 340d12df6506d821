package io.taxoscope.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.service.annotation.HttpExchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nothing that the platform offers is missing from the client. */
class ContractsTest {
    /** What the gateway serves beside its contracts, and the method that does it. */
    private static final Map<String, String> OTHERWISE =
            Map.of("Experiment_export", "export", "Experiment_events", "awaitFinished");

    @Test
    void reachesEveryContract() throws Exception {
        Set<Class<?>> reached = methods(Taxoscope.class)
                .filter(method -> method.getParameterCount() == 0)
                .map(Method::getReturnType)
                .collect(Collectors.toSet());

        assertThat(contracts()).hasSizeGreaterThan(10).isSubsetOf(reached);
        var client = Taxoscope.connect("http://localhost:1");
        for (Method method : Taxoscope.class.getMethods()) {
            if (contracts().contains(method.getReturnType())) {
                assertThat(method.invoke(client)).as("%s", method).isInstanceOf(method.getReturnType());
            }
        }
    }

    @Test
    void reachesEveryOperationThatIsDocumented() throws Exception {
        Set<String> reached = new HashSet<>(OTHERWISE.keySet());
        contracts().forEach(contract -> methods(contract)
                .forEach(method ->
                        reached.add(contract.getSimpleName().replaceFirst("Api$", "") + "_" + method.getName())));

        assertThat(documented()).hasSizeGreaterThan(60).isSubsetOf(reached);
        assertThat(methods(Taxoscope.class).map(Method::getName).toList()).containsAll(OTHERWISE.values());
    }

    private static Set<String> documented() {
        JsonNode paths = JsonMapper.shared()
                .readTree(Path.of("../docs/openapi.json").toFile())
                .get("paths");
        return paths.valueStream()
                .flatMap(JsonNode::valueStream)
                .map(operation -> operation.get("operationId").asString())
                .collect(Collectors.toSet());
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods());
    }

    private static List<Class<?>> contracts() throws IOException {
        var files = new PathMatchingResourcePatternResolver().getResources("classpath*:io/taxoscope/api/**/*Api.class");
        return Arrays.stream(files)
                .<Class<?>>map(file -> type(String.valueOf(file)))
                .filter(type -> type.isAnnotationPresent(HttpExchange.class))
                .toList();
    }

    private static Class<?> type(String file) {
        String name =
                file.replaceFirst(".*(io/taxoscope/api/.*)\\.class.*", "$1").replace('/', '.');
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(file, gone);
        }
    }
}
