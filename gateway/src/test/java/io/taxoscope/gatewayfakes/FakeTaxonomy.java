package io.taxoscope.gatewayfakes;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.CreateTaxonomy;
import io.taxoscope.api.taxonomy.Criterion;
import io.taxoscope.api.taxonomy.FeatureDetail;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.FeatureView.BestSynset;
import io.taxoscope.api.taxonomy.FeatureView.Placement;
import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.api.taxonomy.HierarchyReport.Coverage;
import io.taxoscope.api.taxonomy.HierarchyReport.CoverageAt;
import io.taxoscope.api.taxonomy.HierarchyReport.DepthEntropy;
import io.taxoscope.api.taxonomy.HierarchyReport.Histogram;
import io.taxoscope.api.taxonomy.HierarchyReport.Score;
import io.taxoscope.api.taxonomy.HierarchyReport.Share;
import io.taxoscope.api.taxonomy.HierarchyReport.Shares;
import io.taxoscope.api.taxonomy.HierarchyReport.Significance;
import io.taxoscope.api.taxonomy.HierarchyReport.Significant;
import io.taxoscope.api.taxonomy.LabelApi;
import io.taxoscope.api.taxonomy.MarkedSynset;
import io.taxoscope.api.taxonomy.ScoreName;
import io.taxoscope.api.taxonomy.ScoredSynset;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.api.taxonomy.ScoringView;
import io.taxoscope.api.taxonomy.TaxonomyApi;
import io.taxoscope.api.taxonomy.TaxonomyView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Scorings of sixteen latents, two of them silent. Labels that are wnids resolve, in another taxonomy
 * than WordNet words; others need the mapping. */
public final class FakeTaxonomy {
    public static final int LATENTS = 16;

    public final FakeJobs<CreateScoring> scoringJobs = new FakeJobs<>("scoring");

    /** How many latents a scoring has; the last two are silent. */
    public volatile int latents = LATENTS;

    /** Scorings are as an upgrade leaves them that they came before. */
    public volatile boolean areScoresTakenBack;

    /** The conditions of the last question for latents. */
    public volatile List<String> conditions = List.of();

    /** Whose latents were asked for last. */
    public volatile String askedScoring = "";

    private final Queue<String> askedForSynsets = new ConcurrentLinkedQueue<>();

    /** Whose synsets were asked for, since this was last asked. */
    public List<String> askedForSynsets() {
        var asked = List.copyOf(askedForSynsets);
        askedForSynsets.clear();
        return asked;
    }

    /** Pages of latents from here on are answered with a failure. */
    public volatile int brokenFrom = Integer.MAX_VALUE;

    /** Knows one taxonomy, {@code of-birds}. */
    @RestController
    static class Taxonomies implements TaxonomyApi {
        @Override
        public ResponseEntity<TaxonomyView> create(CreateTaxonomy request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<TaxonomyView> list() {
            return new Page<>(List.of(find("of-birds")), null);
        }

        @Override
        public TaxonomyView find(String id) {
            if (!id.equals("of-birds")) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no taxonomy " + id);
            }
            return new TaxonomyView(id, "birds", false, 3, 2, 1, 1, Instant.EPOCH);
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class Labels implements LabelApi {
        @Override
        public LabelResolution resolve(ResolveLabels request) {
            Map<String, String> mapping = request.mapping() == null ? Map.of() : request.mapping();
            String known = request.taxonomy() == null ? "n[0-9]{8}" : "[a-z]+";
            Map<String, String> resolved = request.labels().stream()
                    .filter(label -> mapping.containsKey(label) || label.matches(known))
                    .collect(Collectors.toMap(label -> label, label -> mapping.getOrDefault(label, label)));
            List<LabelProblem> problems = request.labels().stream()
                    .filter(label -> !resolved.containsKey(label))
                    .map(label -> new LabelProblem(label, "is no synset", List.of()))
                    .toList();
            return new LabelResolution(resolved, problems);
        }
    }

    @RestController
    static class Scorings implements ScoringApi {
        private final FakeTaxonomy fake;

        Scorings(FakeTaxonomy fake) {
            this.fake = fake;
        }

        @Override
        public ResponseEntity<ScoringView> submit(CreateScoring request, @Nullable String key) {
            return fake.scoringJobs.submit(request, key, this::find);
        }

        @Override
        public Page<ScoringView> list() {
            return new Page<>(List.of(), null);
        }

        @Override
        public ScoringView find(String id) {
            CreateScoring request = fake.scoringJobs.request(id);
            var job = fake.areScoresTakenBack ? takenBack() : fake.scoringJobs.look(id);
            return new ScoringView(
                    id,
                    job,
                    request.codes(),
                    request.dataset(),
                    request.config(),
                    job.state() == JobState.SUCCEEDED ? report(request) : null);
        }

        private static JobView takenBack() {
            return new JobView(
                    JobState.FAILED,
                    new JobView.Progress(0, 1, "latents", null, null),
                    1,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    new JobView.JobError(
                            "SCORED_BEFORE_UPGRADE", "scored by a version that knew fewer scores: retry it"));
        }

        private static HierarchyReport report(CreateScoring request) {
            var score = new Score(1.5, 1.0, 1.0, 2.0, 3.0, 0.5, 2.9, new Histogram(0, 4, List.of(1, 13, 0, 0)));
            var share = new Share(3, 4, 0.75, 0.5, 0.5);
            var shares = new Shares(share, share, share, share);
            return new HierarchyReport(
                    request.config().topK(),
                    LATENTS,
                    14,
                    14,
                    20,
                    request.labels().size(),
                    4,
                    Map.of(ScoreName.LCH_HEIGHT, score, ScoreName.F1, score),
                    new Coverage(share, share, share, share, List.of(), shares),
                    List.of(new CoverageAt(Criterion.F1, 0.5, shares)),
                    List.of(new DepthEntropy(0, 0.0, 0.0)),
                    new Significance(0.05, 56, Map.of(Criterion.F1, new Significant(9, 0.0))),
                    List.of());
        }

        @Override
        public ScoringView cancel(String id) {
            return fake.scoringJobs.cancel(id, this::find);
        }

        @Override
        public ResponseEntity<ScoringView> retry(String id) {
            return fake.scoringJobs.retry(id, this::find);
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            return fake.scoringJobs.delete(id);
        }

        /** Pages of at most ten, so that a whole list takes two. */
        @Override
        public Page<FeatureView> features(
                String id,
                FeatureSort sort,
                @Nullable String synset,
                @Nullable Double minF1,
                @Nullable List<String> where,
                @Nullable Boolean eligible,
                @Nullable String cursor,
                int limit) {
            fake.scoringJobs.request(id);
            fake.conditions = where == null ? List.of() : where;
            fake.askedScoring = id;
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            if (from >= fake.brokenFrom) {
                throw new IllegalStateException("as the test wished");
            }
            int to = Math.min(fake.latents, from + Math.min(limit, 10));
            List<FeatureView> items =
                    IntStream.range(from, to).mapToObj(Scorings::scores).toList();
            return new Page<>(items, to < fake.latents ? Integer.toString(to) : null);
        }

        private static FeatureView scores(int latent) {
            if (latent >= 14) {
                return new FeatureView(latent, false, 0, 0, 0, null, null, null, Map.of(), Map.of());
            }
            var values = Map.of(ScoreName.ENTROPY, 0.5, ScoreName.NORMALISED_ENTROPY, 0.7, ScoreName.F1, 1.0 / 3);
            var lch = new Placement("n02084071", "dog, \"domestic\"", 1, 2);
            var best = new BestSynset("n02084071", "dog", 1, 2, 0.5, 0.25, 1.0 / 3, 2, 0.3, 0.4, 0.6, 0.8, 0.01, 0.02);
            return new FeatureView(latent, true, 5, 0.25, 2.5, lch, null, best, Map.of(Criterion.AP, best), values);
        }

        /** One latent reaches the animal, all that fire reach and mark the dog; in two pages. */
        @Override
        public Page<ScoredSynset> synsets(
                String id,
                ScoredSynset.Sort sort,
                @Nullable String synset,
                @Nullable Double minF1,
                @Nullable String cursor,
                int limit) {
            fake.scoringJobs.request(id);
            fake.askedForSynsets.add(id);
            return cursor == null
                    ? new Page<>(List.of(new ScoredSynset("n00015388", "animal", 1, 0, null, null)), "second")
                    : new Page<>(List.of(new ScoredSynset("n02084071", "dog", 14, 14, 0, 1.0 / 3)), null);
        }

        @Override
        public MarkedSynset synset(String id, String wnid, int limit) {
            fake.scoringJobs.request(id);
            List<MarkedSynset.Mark> marks = IntStream.range(0, Math.min(14, limit))
                    .mapToObj(latent -> new MarkedSynset.Mark(latent, "n02084071", "dog", 1.0 / (3 + latent)))
                    .toList();
            return new MarkedSynset(
                    wnid,
                    "animal",
                    0,
                    List.of(),
                    List.of(
                            new MarkedSynset.Child("n02084071", "dog", 14, marks),
                            new MarkedSynset.Child("n02121808", "cat", 0, List.of())));
        }

        @Override
        public FeatureDetail feature(String id, int latent) {
            fake.askedScoring = id;
            return new FeatureDetail(
                    scores(latent),
                    List.of(0.0, 0.5),
                    List.of(new FeatureDetail.TopImage(7, 2f, "n02084071", "n02084071")),
                    List.of(new FeatureDetail.ClassCount("n02084071", "dog", "n02084071", 5, 10, 8.5)));
        }
    }
}
