package io.taxoscope.support.jobs;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A service whose long work is to count, one row for each number. */
@SpringBootApplication
class CountingService {
    /** @param mode what goes wrong on the way */
    record Order(int until, Mode mode) {}

    enum Mode {
        WELL,
        FAIL_ONCE,
        FAIL_ALWAYS,
        REFUSE
    }

    enum CountError implements ErrorCode {
        CANNOT_COUNT;

        @Override
        public ErrorKind kind() {
            return ErrorKind.INVALID;
        }
    }

    /** Starts a worker on the database named by the environment; with an argument, also submits a count that far. */
    public static void main(String[] args) {
        ConfigurableApplicationContext context = SpringApplication.run(CountingService.class);
        if (args.length > 0) {
            context.getBean(Counting.class).submit(null, new Order(Integer.parseInt(args[0]), Mode.WELL));
        }
    }

    @Bean
    Counting counting(Jobs jobs, JdbcClient jdbc) {
        return new Counting(jobs, jdbc);
    }

    static class Counting implements JobHandler {
        private final Jobs jobs;
        private final JdbcClient jdbc;
        private final String worker = ProcessHandle.current().pid() + "-" + System.identityHashCode(this);
        final Map<String, Mode> modes = new ConcurrentHashMap<>();

        Counting(Jobs jobs, JdbcClient jdbc) {
            this.jobs = jobs;
            this.jdbc = jdbc;
        }

        Jobs.Submission submit(@org.jspecify.annotations.Nullable String key, Order order) {
            return jobs.submit(kind(), key, order, job -> {
                modes.put(job.id(), order.mode());
                jdbc.sql("insert into count (id, until) values (?, ?)")
                        .params(job.id(), order.until())
                        .update();
            });
        }

        @Override
        public String kind() {
            return "count";
        }

        @Override
        public JobOutcome run(JobContext context) throws InterruptedException {
            switch (modes.getOrDefault(context.id(), Mode.WELL)) {
                case WELL -> {}
                case FAIL_ONCE -> {
                    modes.put(context.id(), Mode.WELL);
                    throw new IllegalStateException("out of breath");
                }
                case FAIL_ALWAYS -> throw new IllegalStateException("cannot breathe");
                case REFUSE -> throw new TaxoscopeException(CountError.CANNOT_COUNT, "numbers end here");
            }
            int until = number("select until from count where id = ?", context.id());
            int n = number("select count(*) from step where job_id = ?", context.id());
            for (; n < until; n++) {
                context.progress(n, until, "numbers");
                jdbc.sql("insert into step values (?, ?, ?)")
                        .params(context.id(), n, worker)
                        .update();
                Thread.sleep(10);
            }
            context.progress(n, until, "numbers");
            int result = n;
            return JobOutcome.done(() -> jdbc.sql("update count set result = ? where id = ?")
                    .params(result, context.id())
                    .update());
        }

        private int number(String sql, String id) {
            return jdbc.sql(sql).param(id).query(Integer.class).single();
        }
    }
}
