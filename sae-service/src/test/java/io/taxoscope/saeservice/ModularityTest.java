package io.taxoscope.saeservice;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {
    @Test
    void packagesUseEachOtherAsDrawn() {
        ApplicationModules.of(SaeApplication.class).verify();
    }
}
