package io.taxoscope.gateway.results;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.gateway.experiments.ExperimentCatalog;
import io.taxoscope.gateway.experiments.LayerRun;
import io.taxoscope.gateway.results.FeatureColumn.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes every latent of every layer of an experiment, page by page, without holding more than a page. */
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

    /** The layers of an experiment, found before the answer begins: later, nothing can be refused any more. */
    public List<LayerRun> layers(String experimentId) {
        return catalog.allLayers(experimentId);
    }

    public void write(List<LayerRun> layers, Format format, OutputStream out) throws IOException {
        switch (format) {
            case CSV -> {
                var rows = new CsvRows(out);
                each(layers, rows::write);
                rows.flush();
            }
            case NDJSON -> {
                var rows = new NdjsonRows(out, json);
                each(layers, rows::write);
                out.flush();
            }
            case PARQUET -> ParquetRows.write(out, sink -> each(layers, sink));
        }
    }

    /** Takes one row. */
    @FunctionalInterface
    interface RowSink {
        void write(Row row) throws IOException;
    }

    private void each(List<LayerRun> layers, RowSink sink) throws IOException {
        for (LayerRun layer : layers) {
            String cursor = null;
            do {
                Page<FeatureView> page = page(layer, cursor);
                for (FeatureView feature : page.items()) {
                    sink.write(new Row(layer.layer(), feature));
                }
                cursor = page.nextCursor();
            } while (cursor != null);
        }
    }

    private Page<FeatureView> page(LayerRun layer, @Nullable String cursor) {
        return scorings.features(layer.trained().scoringId(), FeatureSort.LATENT, null, null, null, null, cursor, PAGE);
    }
}
