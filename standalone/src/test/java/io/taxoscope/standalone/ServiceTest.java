package io.taxoscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingSystem;

class ServiceTest {
    /** Spring Boot's own set-up of logging resets the JVM's one logger context, which no two threads may do at once. */
    @Test
    void leavesTheLoggingOfTheProcessAlone() {
        var logging = (LoggerContext) LoggerFactory.getILoggerFactory();
        var resets = new CountResets();
        logging.addListener(resets);
        try (var context = new Service("bare", Bare.class).start(List.of("--spring.main.web-application-type=none"))) {
            assertThat(context.isRunning()).isTrue();
            assertThat(context.getBeanProvider(LoggingSystem.class).stream()).isEmpty();
        }
        logging.removeListener(resets);
        assertThat(resets.count).hasValue(0);
    }

    static class Bare {}

    private static final class CountResets implements LoggerContextListener {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public boolean isResetResistant() {
            return true;
        }

        @Override
        public void onReset(LoggerContext context) {
            count.incrementAndGet();
        }

        @Override
        public void onStart(LoggerContext context) {}

        @Override
        public void onStop(LoggerContext context) {}

        @Override
        public void onLevelChange(Logger logger, Level level) {}
    }
}
