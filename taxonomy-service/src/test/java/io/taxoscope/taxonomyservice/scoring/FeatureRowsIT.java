package io.taxoscope.taxonomyservice.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.ScoringConfig;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.support.jobs.Jobs;
import io.taxoscope.taxonomy.WordNet;
import io.taxoscope.taxonomy.scoring.HierarchyScoring;
import io.taxoscope.taxonomy.scoring.ScoringResult;
import io.taxoscope.taxonomy.scoring.ScoringSpec;
import io.taxoscope.taxonomyservice.WithTaxonomyService;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of a scoring appear together or not at all, and once. */
@WithTaxonomyService
class FeatureRowsIT {
    private static final String PARKED = "parked";

    @Autowired
    private FeatureRows rows;

    @Autowired
    private ScoringRepository scorings;

    @Autowired
    private Jobs jobs;

    @Autowired
    private ContentStore store;

    @Autowired
    private WordNet wordNet;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private PlantedExperiment planted = new PlantedExperiment("", "", Map.of());
    private String id = "";

    /** A scoring whose job no worker takes, since none knows its kind. */
    @BeforeEach
    void parkAScoring() {
        planted = PlantedExperiment.in(store);
        var request = new CreateScoring(planted.codes(), planted.dataset(), planted.labels(), ScoringConfig.DEFAULT);
        id = jobs.submit(PARKED, null, request, job -> scorings.save(new Scoring(job, request)))
                .job()
                .id();
    }

    @Test
    void nothingStaysOfATransactionThatIsRolledBackAfterTheLastRow() {
        var dataset = dataset();
        var result = score(dataset);

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    rows.replace(id, dataset, result);
                    assertThat(count("feature")).isEqualTo(6);
                    throw new IllegalStateException("the power fails");
                }))
                .hasMessage("the power fails");

        assertThat(count("feature")).isZero();
        assertThat(count("scoring_class")).isZero();
    }

    @Test
    void writingAgainReplacesTheRows() {
        var dataset = dataset();
        var result = score(dataset);

        transaction.executeWithoutResult(status -> rows.replace(id, dataset, result));
        transaction.executeWithoutResult(status -> rows.replace(id, dataset, result));

        assertThat(count("feature")).isEqualTo(6);
        assertThat(count("scoring_class")).isEqualTo(4);
    }

    private LabelledDataset dataset() {
        return LabelledDataset.of(
                wordNet, DatasetManifest.read(store, new Sha256(planted.dataset())), planted.labels());
    }

    private ScoringResult score(LabelledDataset dataset) {
        var codes = new StoredCodes(Codes.open(store, new Sha256(planted.codes())), () -> {});
        return new HierarchyScoring(dataset.taxonomy(), new ScoringSpec(10, .9, 10, 0, 0, 0))
                .score(codes, dataset.classOf());
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table + " where scoring_id = ?")
                .param(id)
                .query(Long.class)
                .single();
    }
}
