package io.taxoscope.gatewayfakes;

import io.taxoscope.api.JobState;
import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.ComparisonApi;
import io.taxoscope.api.taxonomy.ComparisonReport;
import io.taxoscope.api.taxonomy.ComparisonView;
import io.taxoscope.api.taxonomy.ControlledMean;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.CreateRelation;
import io.taxoscope.api.taxonomy.MatchedLatents;
import io.taxoscope.api.taxonomy.RelatedLatent;
import io.taxoscope.api.taxonomy.RelatedPair;
import io.taxoscope.api.taxonomy.RelatedSynset;
import io.taxoscope.api.taxonomy.RelationApi;
import io.taxoscope.api.taxonomy.RelationReport;
import io.taxoscope.api.taxonomy.RelationReport.Hierarchical;
import io.taxoscope.api.taxonomy.RelationReport.Holes;
import io.taxoscope.api.taxonomy.RelationReport.Implication;
import io.taxoscope.api.taxonomy.RelationReport.Matching;
import io.taxoscope.api.taxonomy.RelationView;
import io.taxoscope.api.taxonomy.SynsetApi.TreeRequest;
import io.taxoscope.api.taxonomy.TaxonomyTree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Relations and comparisons whose reports hold nothing but a count, and a taxonomy of an animal, a dog and a cat. */
public final class FakeAnalyses {
    private static final ControlledMean NONE = new ControlledMean(0, null, null, null, null, null);

    public final FakeJobs<CreateRelation> relationJobs = new FakeJobs<>("relation");
    public final FakeJobs<CreateComparison> comparisonJobs = new FakeJobs<>("comparison");

    @RestController
    static class Relations implements RelationApi {
        private final FakeJobs<CreateRelation> jobs;

        Relations(FakeAnalyses fake) {
            this.jobs = fake.relationJobs;
        }

        @Override
        public ResponseEntity<RelationView> submit(CreateRelation request, @Nullable String key) {
            return ResponseEntity.accepted().body(find(jobs.submit(request, key)));
        }

        @Override
        public Page<RelationView> list() {
            return new Page<>(List.of(), null);
        }

        @Override
        public RelationView find(String id) {
            CreateRelation request = jobs.request(id);
            var job = jobs.look(id);
            return new RelationView(
                    id,
                    job,
                    request.scoring(),
                    request.embeddings(),
                    request.config(),
                    job.state() == JobState.SUCCEEDED ? report() : null);
        }

        private static RelationReport report() {
            return new RelationReport(
                    16,
                    20,
                    10,
                    7,
                    4,
                    new Implication(0, 0, NONE, NONE, NONE, NONE, NONE),
                    new Holes(NONE, NONE, 0),
                    new Matching(NONE),
                    new Hierarchical(0, null, null, null, null, null, null, null, null, null, null),
                    null,
                    null,
                    null,
                    null,
                    List.of());
        }

        @Override
        public RelationView cancel(String id) {
            jobs.cancel(id);
            return find(id);
        }

        @Override
        public ResponseEntity<RelationView> retry(String id) {
            jobs.retry(id);
            return ResponseEntity.accepted().body(find(id));
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            jobs.delete(id);
            return ResponseEntity.noContent().build();
        }

        @Override
        public Page<RelatedPair> pairs(
                String id,
                RelatedPair.Sort sort,
                @Nullable Boolean isDirect,
                @Nullable Integer latent,
                @Nullable String synset,
                @Nullable String cursor,
                int limit) {
            throw FakeActivation.notFound("pairs of " + id);
        }

        @Override
        public Page<RelatedSynset> synsets(
                String id, RelatedSynset.Sort sort, @Nullable String synset, @Nullable String cursor, int limit) {
            throw FakeActivation.notFound("synsets of " + id);
        }

        @Override
        public Page<RelatedLatent> latents(
                String id,
                RelatedLatent.Sort sort,
                @Nullable Integer latent,
                @Nullable String synset,
                @Nullable String cursor,
                int limit) {
            throw FakeActivation.notFound("latents of " + id);
        }
    }

    @RestController
    static class Comparisons implements ComparisonApi {
        private final FakeJobs<CreateComparison> jobs;

        Comparisons(FakeAnalyses fake) {
            this.jobs = fake.comparisonJobs;
        }

        @Override
        public ResponseEntity<ComparisonView> submit(CreateComparison request, @Nullable String key) {
            return ResponseEntity.accepted().body(find(jobs.submit(request, key)));
        }

        @Override
        public Page<ComparisonView> list() {
            return new Page<>(List.of(), null);
        }

        @Override
        public ComparisonView find(String id) {
            CreateComparison request = jobs.request(id);
            var job = jobs.look(id);
            var report = new ComparisonReport(20, 14, 14, 9, NONE, null, null, 0, NONE, NONE, NONE, List.of());
            return new ComparisonView(
                    id,
                    job,
                    request.kind(),
                    request.first(),
                    request.second(),
                    request.config(),
                    job.state() == JobState.SUCCEEDED ? report : null);
        }

        @Override
        public ComparisonView cancel(String id) {
            jobs.cancel(id);
            return find(id);
        }

        @Override
        public ResponseEntity<ComparisonView> retry(String id) {
            jobs.retry(id);
            return ResponseEntity.accepted().body(find(id));
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            jobs.delete(id);
            return ResponseEntity.noContent().build();
        }

        @Override
        public Page<MatchedLatents> matches(
                String id,
                MatchedLatents.Sort sort,
                @Nullable Integer first,
                @Nullable Integer second,
                MatchedLatents.@Nullable Relation relation,
                @Nullable String synset,
                @Nullable Double minSimilarity,
                @Nullable String cursor,
                int limit) {
            throw FakeActivation.notFound("matches of " + id);
        }
    }

    @RestController
    static class Synsets {
        @PostMapping("/api/v1/synsets/tree")
        TaxonomyTree tree(@RequestBody TreeRequest request) {
            return new TaxonomyTree(
                    "n00015388",
                    3,
                    2,
                    2,
                    3,
                    0,
                    List.of(
                            new TaxonomyTree.Node("n00015388", "animal", List.of(), 0, 0, 1, 1, 2, false, true),
                            new TaxonomyTree.Node("n02084071", "dog", List.of("n00015388"), 1, 1, 0, 0, 1, true, true),
                            new TaxonomyTree.Node(
                                    "n02121808", "cat", List.of("n00015388"), 1, 1, 0, 0, 1, true, true)));
        }
    }
}
