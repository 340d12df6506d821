package io.taxoscope.gateway;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class GatewayModulesTest {
    @Test
    void keepsItsPackagesApart() {
        ApplicationModules.of(GatewayApplication.class).verify();
    }
}
