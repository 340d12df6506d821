package io.taxoscope.activationservice.hub;

import io.taxoscope.store.ContentStore;
import java.time.Duration;
import org.springframework.context.ApplicationContext;

/** The service's hub as it is with {@code taxoscope.hub.offline}. */
public final class OfflineHub {
    private OfflineHub() {}

    public static HubModels of(ApplicationContext service) {
        HubProperties online = service.getBean(HubProperties.class);
        var offline =
                new HubProperties(online.address(), null, true, 1, Duration.ZERO, Duration.ZERO, online.timeout());
        return new HubModels(
                offline,
                service.getBean(HubClient.class),
                service.getBean(HubRequests.class),
                service.getBean(HubTransfer.class),
                service.getBean(HubCatalogue.class),
                service.getBean(ContentStore.class));
    }
}
