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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/** Relations and comparisons whose reports hold nothing but a count. */
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
            return jobs.submit(request, key, this::find);
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
            return jobs.cancel(id, this::find);
        }

        @Override
        public ResponseEntity<RelationView> retry(String id) {
            return jobs.retry(id, this::find);
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            return jobs.delete(id);
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
            return jobs.submit(request, key, this::find);
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
            return jobs.cancel(id, this::find);
        }

        @Override
        public ResponseEntity<ComparisonView> retry(String id) {
            return jobs.retry(id, this::find);
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            return jobs.delete(id);
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
}
