package io.taxoscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.api.activation.CreateIntervention;
import io.taxoscope.api.activation.CreateIntervention.ClassGroup;
import io.taxoscope.api.activation.CreateIntervention.OutputKind;
import io.taxoscope.api.activation.InterventionView.Put;
import io.taxoscope.api.activation.InterventionView.Recovered;
import io.taxoscope.api.activation.InterventionView.Report;
import io.taxoscope.api.activation.InterventionView.Run;
import io.taxoscope.api.gateway.ExperimentView.Stage;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.sae.CreateReconstruction;
import io.taxoscope.api.sae.LatentEdit;
import io.taxoscope.api.sae.LatentEdit.Operation;
import io.taxoscope.api.sae.ReconstructionView;
import io.taxoscope.api.taxonomy.FeatureView.BestSynset;
import io.taxoscope.sdk.Taxoscope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo's model does with reconstructions of its last block, through the gateway and the real services. */
class InterventionIT {
    private static final String LAYER = "blocks.5.resid_post";
    /** In the order of the model's logits (demo/classes.tsv). */
    private static final List<String> CLASSES = List.of(
            "n02691156",
            "n02958343",
            "n01503061",
            "n02121620",
            "n02430045",
            "n02084071",
            "n01639765",
            "n02374451",
            "n04194289",
            "n04490091");

    @TempDir
    Path folder;

    @Test
    void saysHowMuchOfTheModelAnSaeKeepsAndWhatItsLatentsCause() throws Exception {
        try (DemoPlatform platform = DemoPlatform.start(folder)) {
            Taxoscope client = platform.client();
            String id =
                    client.submit(DemoPlatform.shortExperiment("interventions")).id();
            assertThat(client.awaitFinished(id, view -> {}).state()).isEqualTo(JobState.SUCCEEDED);
            String encoding = encoding(client, id);

            Report plain = intervene(client, reconstruct(client, encoding, null), null);
            Run original = run(plain, Put.ORIGINAL);
            // The model card says 84.84 % on these photographs.
            assertThat(original.accuracy()).isBetween(0.84, 0.86);
            assertThat(run(plain, Put.MEAN_ABLATION).accuracy()).isLessThan(0.2);
            assertThat(recovered(plain, Put.MEAN_ABLATION).loss()).isBetween(0.6, 1.01);
            assertThat(recovered(plain, Put.ZERO_ABLATION).kl()).isBetween(0.6, 1.0);

            var feature = client.features(id, LAYER).stream()
                    .filter(each -> each.scores().best() != null)
                    .filter(each -> CLASSES.contains(
                            Objects.requireNonNull(each.scores().best()).wnid()))
                    .max((a, b) ->
                            Double.compare(f1(a.scores().best()), f1(b.scores().best())))
                    .orElseThrow();
            String wnid = Objects.requireNonNull(feature.scores().best()).wnid();
            LatentEdit edit = new LatentEdit(feature.scores().latent(), Operation.SET, 0);
            Report ablated = intervene(client, reconstruct(client, encoding, edit), wnid);
            var shift = ablated.groups().getFirst();
            assertThat(shift.nInside()).isEqualTo(450);
            double inside = fall(shift.insideBefore(), shift.insideAfter());
            assertThat(inside).isPositive();
            assertThat(inside).isGreaterThan(Math.abs(fall(shift.outsideBefore(), shift.outsideAfter())));
        }
    }

    private static double fall(@Nullable Double before, @Nullable Double after) {
        return Objects.requireNonNull(before) - Objects.requireNonNull(after);
    }

    private static double f1(@Nullable BestSynset best) {
        return Objects.requireNonNull(best).f1();
    }

    private static String encoding(Taxoscope client, String id) {
        Stage stage = client.experiments().find(id).stages().stream()
                .filter(each -> each.kind() == Stage.Kind.ENCODE
                        && each.variant() == Variant.TRAINED
                        && LAYER.equals(each.layer()))
                .findFirst()
                .orElseThrow();
        String resource = Objects.requireNonNull(stage.resource());
        return resource.substring(resource.lastIndexOf('/') + 1);
    }

    private static ReconstructionView reconstruct(Taxoscope client, String encoding, @Nullable LatentEdit edit) {
        var request = new CreateReconstruction(encoding, edit == null ? null : List.of(edit), edit != null);
        String id = Objects.requireNonNull(
                        client.reconstructions().submit(request, null).getBody())
                .id();
        await(() -> client.reconstructions().find(id).job());
        return client.reconstructions().find(id);
    }

    private static Report intervene(Taxoscope client, ReconstructionView replacement, @Nullable String group) {
        var request = new CreateIntervention(
                replacement.activations(),
                Objects.requireNonNull(replacement.shardSet()),
                null,
                OutputKind.LOGITS,
                CLASSES,
                group == null ? null : List.of(new ClassGroup(group, List.of(group))),
                null,
                64);
        String id = Objects.requireNonNull(
                        client.interventions().submit(request, null).getBody())
                .id();
        await(() -> client.interventions().find(id).job());
        return Objects.requireNonNull(client.interventions().find(id).report());
    }

    private static void await(Supplier<JobView> job) {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(5));
        while (!job.get().state().isFinished() && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        assertThat(job.get().state()).as("%s", job.get().error()).isEqualTo(JobState.SUCCEEDED);
    }

    private static Run run(Report report, Put put) {
        return report.runs().stream()
                .filter(each -> each.put() == put)
                .findFirst()
                .orElseThrow();
    }

    private static Recovered recovered(Report report, Put against) {
        return report.recovered().stream()
                .filter(each -> each.against() == against)
                .findFirst()
                .orElseThrow();
    }
}
