package io.taxoscope.standalone;

import io.taxoscope.activationservice.ActivationApplication;
import io.taxoscope.gateway.GatewayApplication;
import io.taxoscope.saeservice.SaeApplication;
import io.taxoscope.taxonomyservice.TaxonomyApplication;
import java.util.List;

/** The services of the platform; the gateway is last because it is the one that users talk to. */
final class Services {
    private Services() {}

    static List<Service> all() {
        return List.of(
                new Service("activation", ActivationApplication.class),
                new Service("sae", SaeApplication.class),
                new Service("taxonomy", TaxonomyApplication.class),
                new Service("gateway", GatewayApplication.class));
    }
}
