package io.taxoscope.support.testing;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The one place that gives a test its database: {@code @Import(PostgresForTests.class)}. Each application context gets
 * a fresh, empty one. (This bean is what {@code @ServiceConnection} would make, could it describe a server that is no
 * container.)
 */
@TestConfiguration(proxyBeanMethods = false)
public class PostgresForTests {
    @Bean
    JdbcConnectionDetails postgres() {
        TestPostgres server = TestPostgres.server();
        return new Details(server.freshUrl(), server.user(), server.password());
    }

    private record Details(String getJdbcUrl, String getUsername, String getPassword)
            implements JdbcConnectionDetails {}
}
