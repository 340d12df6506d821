package io.taxoscope.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The launcher with two small services of its own, so that a failure here is the launcher's. */
class PlatformIT {
    private static final List<Service> SERVICES =
            List.of(new Service("back", Echo.class), new Service("front", Echo.class));

    @TempDir
    Path folder;

    @Test
    void givesEachServiceItsOwnPortAndSchemaAndTheAddressesOfTheOthers() throws Exception {
        PlatformHome home = PlatformHome.at(folder);
        try (Platform platform = Platform.start(home, 0, SERVICES)) {
            String back = requireNonNull(platform.addresses().get("back"));
            assertThat(platform.address())
                    .isEqualTo(platform.addresses().get("front"))
                    .isNotEqualTo(back);
            assertThat(get(back)).isEqualTo("back sees " + back + " and schema back");
            assertThat(get(platform.address())).isEqualTo("front sees " + back + " and schema front");
        }
        assertThat(EmbeddedDatabase.stopOrphan(
                        PostgresBinaries.unpackedIn(home.postgresBinaries()), home.postgres(), home.postgresLog()))
                .isFalse();
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Platform.start(PlatformHome.at(folder), taken.getLocalPort(), SERVICES))
                    .hasMessage(
                            "port " + taken.getLocalPort() + " is in use by another program; choose one with --port");
        }
    }

    @Test
    void letsOnlyOneProcessHaveAHome() {
        PlatformHome home = PlatformHome.at(folder);
        assertThat(home.isInUse()).isFalse();
        try (PlatformHome.Claim claim = home.claim()) {
            assertThat(claim.channel().isOpen()).isTrue();
            assertThat(home.isInUse()).isTrue();
            assertThatThrownBy(home::claim).hasMessageContaining("already running in " + folder);
        }
        assertThat(home.isInUse()).isFalse();
    }

    private static String get(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    @SpringBootApplication
    @RestController
    static class Echo {
        private final DataSource database;

        @Value("${spring.config.name} sees ${TAXOSCOPE_BACK_URL}")
        private String text = "";

        Echo(DataSource database) {
            this.database = database;
        }

        @GetMapping("/")
        String echo() {
            return text + " and schema "
                    + JdbcClient.create(database)
                            .sql("select current_schema()")
                            .query(String.class)
                            .single();
        }
    }
}
