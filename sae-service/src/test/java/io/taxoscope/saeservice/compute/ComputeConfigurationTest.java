package io.taxoscope.saeservice.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.sae.kernel.Kernel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class ComputeConfigurationTest {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(WithProperties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ComputeProperties.class)
    @Import(ComputeConfiguration.class)
    static class WithProperties {}

    @Test
    void takesTheVectorKernelOnAllCoresByItself() {
        runner.run(context -> {
            Kernel kernel = context.getBean(Kernel.class);
            assertThat(kernel.name()).startsWith("vector-");
            assertThat(kernel.threads()).isEqualTo(CORES);
        });
    }

    @Test
    void saysWhatItTookInTheLogAndInTheActuator(CapturedOutput log) {
        runner.withPropertyValues("taxoscope.sae.threads=3").run(context -> {
            String name = context.getBean(Kernel.class).name();
            assertThat(log).contains("SAE kernel " + name + ": 3 threads a job");
            Info.Builder info = new Info.Builder();
            context.getBean(InfoContributor.class).contribute(info);
            assertThat(info.build().get("kernel")).isEqualTo(Map.of("name", name, "threads", 3));
        });
    }

    @Test
    void sharesTheCoresOutAmongJobsThatRunAtOnce() {
        runner.withPropertyValues("taxoscope.jobs.concurrency=" + CORES)
                .run(context ->
                        assertThat(context.getBean(Kernel.class).threads()).isEqualTo(1));
        runner.withPropertyValues("taxoscope.jobs.concurrency=" + 10 * CORES)
                .run(context ->
                        assertThat(context.getBean(Kernel.class).threads()).isEqualTo(1));
    }

    @Test
    void takesWhatIsConfigured() {
        runner.withPropertyValues("taxoscope.sae.kernel=reference")
                .run(context -> assertThat(context.getBean(Kernel.class).name()).isEqualTo("reference"));
        runner.withPropertyValues("taxoscope.sae.threads=3")
                .run(context ->
                        assertThat(context.getBean(Kernel.class).threads()).isEqualTo(3));
    }
}
