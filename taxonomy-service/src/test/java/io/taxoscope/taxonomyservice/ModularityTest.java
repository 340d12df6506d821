package io.taxoscope.taxonomyservice;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {
    @Test
    void featuresKeepToThemselves() {
        ApplicationModules.of(TaxonomyApplication.class).verify();
    }
}
