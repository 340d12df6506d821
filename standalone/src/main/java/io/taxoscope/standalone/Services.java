package io.taxoscope.standalone;

import java.util.List;

/** The services of the platform; the gateway is last because it is the one that users talk to. */
final class Services {
    private Services() {}

    static List<Service> all() {
        return List.of(
                service("activation", "io.taxoscope.activationservice.ActivationApplication"),
                service("sae", "io.taxoscope.saeservice.SaeApplication"),
                service("taxonomy", "io.taxoscope.taxonomyservice.TaxonomyApplication"),
                service("gateway", "io.taxoscope.gateway.GatewayApplication"));
    }

    private static Service service(String name, String application) {
        try {
            return new Service(name, Class.forName(application));
        } catch (ClassNotFoundException missing) {
            throw StandaloneError.SERVICE_NOT_STARTED.because(
                    "the service " + name + " is not part of this build", missing);
        }
    }
}
