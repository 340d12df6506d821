package io.taxoscope.saeservice.exchange;

import io.taxoscope.api.sae.CheckParity;
import io.taxoscope.api.sae.ImportSae;
import io.taxoscope.api.sae.ImportedSae;
import io.taxoscope.api.sae.ParityView;
import io.taxoscope.api.sae.SaeFileFormat;
import io.taxoscope.common.Sha256;
import io.taxoscope.sae.Activation;
import io.taxoscope.sae.exchange.ForeignSae;
import io.taxoscope.sae.exchange.ReadOptions;
import io.taxoscope.sae.exchange.SaeFormat;
import io.taxoscope.sae.exchange.SaeReader;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.saeservice.training.Saes;
import io.taxoscope.saeservice.training.TrainedSae;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.jobs.Job;
import io.taxoscope.support.jobs.Jobs;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Takes SAEs of other tools over. What is wrong with one is the answer to its import, and nothing of it stays listed. */
@Service
class SaeImports {
    private static final String KIND = "sae-import";
    private static final CheckParity DEFAULT = new CheckParity(null, null, null);

    private final Originals originals;
    private final Parities parities;
    private final Saes saes;
    private final ContentStore store;
    private final Jobs jobs;

    SaeImports(Originals originals, Parities parities, Saes saes, ContentStore store, Jobs jobs) {
        this.originals = originals;
        this.parities = parities;
        this.saes = saes;
        this.store = store;
        this.jobs = jobs;
    }

    /** Answers the SAE's id. */
    String take(ImportSae request, @Nullable String key) {
        Job earlier = jobs.findSubmitted(KIND, key, request);
        if (earlier != null) {
            return earlier.id();
        }
        List<ImportedSae.File> files = originals.keep(request.source());
        SaeFileFormat named = request.format();
        SaeFormat format = named == null ? null : SaeFormat.valueOf(named.name());
        ForeignSae sae = SaeReader.read(originals.open(files), format, options(request.options()));
        ParityView parity = parities.check(sae, Objects.requireNonNullElse(request.parity(), DEFAULT), "parity.");
        Sha256 weights = store.put(out -> SaeLensFiles.writeWeights(out, sae.weights()));
        ImportedSae imported = new ImportedSae(
                SaeFileFormat.valueOf(sae.format().name()),
                activation(sae.activation()),
                k(sae.activation()),
                sae.activation() instanceof Activation.Hierarchical tree ? tree.parents() : null,
                sae.weights().shape().latents(),
                files,
                request.options(),
                sae.notes(),
                parity);
        return jobs.submitDone(
                        KIND, key, request, job -> saes.add(job, sae.weights().shape(), weights, imported))
                .job()
                .id();
    }

    /** Compares any SAE, imported ones by the formula of their files. */
    ParityView parity(String id, CheckParity request) {
        TrainedSae trained = saes.findTrained(id);
        ImportedSae imported = saes.view(id).imported();
        ForeignSae sae = imported == null
                ? ForeignSae.ofOurs(SaeLensFiles.readWeights(store.blob(trained.weights())), trained.activation())
                : SaeReader.read(
                        originals.open(imported.files()),
                        SaeFormat.valueOf(imported.format().name()),
                        options(imported.options()));
        return parities.check(sae, request, "");
    }

    private static ReadOptions options(ImportSae.@Nullable Options given) {
        if (given == null) {
            return ReadOptions.NONE;
        }
        ImportSae.Kind kind = given.activation();
        return new ReadOptions(
                kind == null ? null : ReadOptions.Kind.valueOf(kind.name()),
                given.k(),
                given.threshold(),
                given.inputScale());
    }

    private static @Nullable Integer k(Activation activation) {
        return switch (activation) {
            case Activation.TopK topK -> topK.k();
            case Activation.SignedTopK topK -> topK.k();
            case Activation.Hierarchical tree -> tree.k();
            default -> null;
        };
    }

    private static ImportedSae.Activation activation(Activation activation) {
        return switch (activation) {
            case Activation.Relu relu -> ImportedSae.Activation.RELU;
            case Activation.TopK topK -> ImportedSae.Activation.TOPK;
            case Activation.SignedTopK topK -> ImportedSae.Activation.SIGNED_TOPK;
            case Activation.JumpRelu jumpRelu -> ImportedSae.Activation.JUMPRELU;
            case Activation.Gated gated -> ImportedSae.Activation.GATED;
            case Activation.Hierarchical tree -> ImportedSae.Activation.HIERARCHICAL;
        };
    }
}
