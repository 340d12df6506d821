package io.taxoscope.activationservice;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {
    @Test
    void keepsToTheArrowsBetweenItsModules() {
        ApplicationModules.of(ActivationApplication.class).verify();
    }
}
