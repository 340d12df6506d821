package io.taxoscope.gateway.results;

import io.taxoscope.api.Page;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.gateway.experiments.ExperimentCatalog;
import io.taxoscope.gateway.experiments.LayerRun;
import io.taxoscope.gateway.experiments.LayerRun.Dictionary;
import io.taxoscope.gateway.results.FeatureColumn.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes every latent of an experiment's dictionaries, page by page, without holding more than a page. */
@Component
public class FeatureExport {
    private static final int PAGE = 1000;

    private final ExperimentCatalog catalog;
    private final ScoringApi scorings;
    private final JsonMapper json;

    FeatureExport(ExperimentCatalog catalog, ScoringApi scorings, JsonMapper json) {
        this.catalog = catalog;
        this.scorings = scorings;
        this.json = json;
    }

    /** What an export can be. */
    public enum Format {
        CSV("text/csv"),
        NDJSON("application/x-ndjson"),
        PARQUET("application/vnd.apache.parquet");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /** One dictionary of one layer. */
    public record Part(String layer, Dictionary dictionary) {}

    /**
     * The dictionaries of an experiment, layer by layer, found before the answer begins: later, nothing can be refused any
     * more.
     *
     * @param variants each of which must be scored in every layer; all checkpoints count as one
     */
    public List<Part> parts(String experimentId, Set<Variant> variants) {
        var parts = new ArrayList<Part>();
        for (LayerRun run : catalog.allLayers(experimentId)) {
            for (Variant variant : variants) {
                run.require(variant).forEach(dictionary -> parts.add(new Part(run.layer(), dictionary)));
            }
        }
        return parts;
    }

    public void write(List<Part> parts, Format format, OutputStream out) throws IOException {
        switch (format) {
            case CSV -> {
                var rows = new CsvRows(out);
                each(parts, rows::write);
                rows.flush();
            }
            case NDJSON -> {
                var rows = new NdjsonRows(out, json);
                each(parts, rows::write);
                out.flush();
            }
            case PARQUET -> ParquetRows.write(out, sink -> each(parts, sink));
        }
    }

    /** Takes one row. */
    @FunctionalInterface
    interface RowSink {
        void write(Row row) throws IOException;
    }

    private void each(List<Part> parts, RowSink sink) throws IOException {
        for (Part part : parts) {
            String cursor = null;
            do {
                Page<FeatureView> page = page(part.dictionary(), cursor);
                for (FeatureView feature : page.items()) {
                    sink.write(new Row(part.layer(), part.dictionary(), feature));
                }
                cursor = page.nextCursor();
            } while (cursor != null);
        }
    }

    private Page<FeatureView> page(Dictionary dictionary, @Nullable String cursor) {
        return scorings.features(dictionary.scoringId(), FeatureSort.LATENT, null, null, null, null, cursor, PAGE);
    }
}
