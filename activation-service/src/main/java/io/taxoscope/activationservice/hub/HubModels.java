package io.taxoscope.activationservice.hub;

import io.taxoscope.activationservice.hub.HubClient.Answer;
import io.taxoscope.activationservice.hub.HubListing.File;
import io.taxoscope.api.Source;
import io.taxoscope.api.activation.HubOrigin;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.store.ContentStore;
import io.taxoscope.vision.onnx.OnnxModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/** Models of the hub as files in the store. What is there already is not asked for again. */
@Service
@EnableConfigurationProperties(HubProperties.class)
public class HubModels {
    private static final Logger LOG = LoggerFactory.getLogger(HubModels.class);
    private static final String PREPROCESSING = "preprocessor_config.json";

    private final HubProperties properties;
    private final HubClient client;
    private final HubRequests requests;
    private final HubTransfer transfer;
    private final HubCatalogue catalogue;
    private final ContentStore store;

    HubModels(
            HubProperties properties,
            HubClient client,
            HubRequests requests,
            HubTransfer transfer,
            HubCatalogue catalogue,
            ContentStore store) {
        this.properties = properties;
        this.client = client;
        this.requests = requests;
        this.transfer = transfer;
        this.catalogue = catalogue;
        this.store = store;
    }

    /** Hears how far a download is. What it throws ends the download; the bytes so far are kept. */
    public interface Progress {
        void bytes(long done, long total);
    }

    /** Refuses a reference that cannot be one, without asking the hub. */
    public void check(Source source) {
        HubReference.of(source);
    }

    /**
     * The model's files in the store, downloaded as far as they are missing.
     *
     * @param token for this one request; null for the configured one
     */
    public HubSnapshot fetch(Source source, @Nullable String token, Progress progress) {
        HubReference reference = HubReference.of(source);
        String used = token != null ? token : properties.token();
        HubListing listing = listing(reference, used);
        File model = listing.model(reference);
        var fetched = new Fetched(reference, listing, used, progress);
        Optional<File> config = listing.find(PREPROCESSING);
        fetched.expect(model);
        config.ifPresent(fetched::expect);
        Sha256 onnx = fetched.get(model);
        byte[] described = config.isEmpty() ? null : store.read(fetched.get(config.get()));
        List<File> external = externalData(listing, model, onnx);
        external.forEach(fetched::expect);
        external.forEach(fetched::get);
        return new HubSnapshot(
                new HubOrigin(reference.repository(), reference.revision(), listing.commit(), fetched.files),
                model.folder(),
                described == null ? null : new String(described, StandardCharsets.UTF_8));
    }

    private HubListing listing(HubReference reference, @Nullable String token) {
        String hub = properties.address().toString();
        Optional<HubListing> known = catalogue.listing(hub, reference);
        if (known.isPresent() && (reference.isCommit() || properties.offline())) {
            return known.get();
        }
        if (properties.offline()) {
            throw HubError.HUB_NOT_FOUND.at(
                    "source.hf", reference + " was never looked up here, and taxoscope.hub.offline is true");
        }
        try {
            HubListing listing = requests.untilDone(reference.toString(), () -> {
                try (Answer answer = client.listing(reference, token)) {
                    requests.requireOk(answer, reference.toString());
                    return HubClient.parse(answer.body());
                }
            });
            catalogue.remember(hub, reference, listing);
            return listing;
        } catch (TaxoscopeException failure) {
            if (failure.code() != HubError.HUB_UNREACHABLE || known.isEmpty()) {
                throw failure;
            }
            LOG.warn(
                    "{}; taking {} as it was, at {}",
                    failure.getMessage(),
                    reference,
                    known.get().commit());
            return known.get();
        }
    }

    /** Files that the ONNX file says its weights lie in; they are named relative to it. */
    private List<File> externalData(HubListing listing, File model, Sha256 onnx) {
        List<File> files = new ArrayList<>();
        for (String name : OnnxModel.externalData(store.blob(onnx))) {
            files.add(listing.find(model.folder() + name)
                    .orElseThrow(() -> HubError.HUB_FILE_UNCLEAR.at(
                            "source.file",
                            "%s keeps weights in '%s', which the repository does not have beside it"
                                    .formatted(model.path(), name))));
        }
        return files;
    }

    /** Files of one model as they arrive. */
    private final class Fetched {
        private final HubReference reference;
        private final HubListing listing;
        private final @Nullable String token;
        private final Progress progress;
        private final List<HubOrigin.File> files = new ArrayList<>();
        private long total;
        private long done;

        Fetched(HubReference reference, HubListing listing, @Nullable String token, Progress progress) {
            this.reference = reference;
            this.listing = listing;
            this.token = token;
            this.progress = progress;
        }

        void expect(File file) {
            total += Math.max(0, file.size());
        }

        Sha256 get(File file) {
            Sha256 stored = catalogue.stored(file).filter(store::has).orElse(null);
            if (stored == null) {
                if (properties.offline()) {
                    throw HubError.HUB_NOT_FOUND.at(
                            "source.hf",
                            "%s of %s was not downloaded, and taxoscope.hub.offline is true"
                                    .formatted(file.path(), reference));
                }
                stored = transfer.fetch(
                        reference.repository(),
                        listing.commit(),
                        file,
                        token,
                        bytes -> progress.bytes(done + bytes, total));
                catalogue.remember(file, stored);
            }
            done += file.size();
            progress.bytes(done, total);
            files.add(new HubOrigin.File(file.path(), file.size(), stored.hex()));
            return stored;
        }
    }
}
