package io.taxoscope.saeservice.exchange;

import io.taxoscope.api.sae.EncodeRows;
import io.taxoscope.api.sae.EncodedRows;
import io.taxoscope.api.sae.EncodedRows.EncodedRow;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.saeservice.Findings;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.saeservice.training.Saes;
import io.taxoscope.saeservice.training.TrainedSae;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Codes of rows that a request brings. */
@Service
class RowEncodings {
    private final Saes saes;
    private final RowEncoder encoder;

    RowEncodings(Saes saes, RowEncoder encoder) {
        this.saes = saes;
        this.encoder = encoder;
    }

    EncodedRows encode(String id, EncodeRows request) {
        TrainedSae sae = saes.find(id, request.snapshot());
        List<List<Float>> rows = request.rows();
        float[] x_bd = flat(rows, sae);
        List<EncodedRow> items = new ArrayList<>(rows.size());
        encoder.encode(sae, x_bd, rows.size(), (codes, row) -> items.add(row(codes, row, request.strongest())));
        return new EncodedRows(items);
    }

    /** Encodes rows as they come, in the kernel's batches. */
    Consumer<List<float[]>> stream(String id, Consumer<EncodedRow> out) {
        TrainedSae sae = saes.findTrained(id);
        int width = sae.shape().width();
        return rows -> {
            float[] x_bd = new float[rows.size() * width];
            for (int row = 0; row < rows.size(); row++) {
                System.arraycopy(rows.get(row), 0, x_bd, row * width, width);
            }
            encoder.encode(sae, x_bd, rows.size(), (codes, row) -> out.accept(row(codes, row, null)));
        };
    }

    int width(String id) {
        return saes.findTrained(id).shape().width();
    }

    private static float[] flat(List<List<Float>> rows, TrainedSae sae) {
        int width = sae.shape().width();
        Findings findings = new Findings();
        float[] x_bd = new float[Math.multiplyExact(rows.size(), width)];
        for (int row = 0; row < rows.size(); row++) {
            List<Float> values = rows.get(row);
            findings.addIf(
                    values.size() != width,
                    "rows[%d]".formatted(row),
                    "has %d numbers; SAE %s takes %d".formatted(values.size(), sae.id(), width));
            for (int i = 0; i < Math.min(width, values.size()); i++) {
                float value = values.get(i);
                findings.addIf(!Float.isFinite(value), "rows[%d][%d]".formatted(row, i), "is %s".formatted(value));
                x_bd[row * width + i] = value;
            }
        }
        findings.throwIfAny(SaeServiceError.ROWS_INVALID);
        return x_bd;
    }

    private static EncodedRow row(Codes codes, int row, @Nullable Integer strongest) {
        Stream<Integer> positions =
                IntStream.range(codes.start(row), codes.end(row)).boxed();
        List<Integer> kept = (strongest == null
                        ? positions
                        : positions
                                .sorted(Comparator.comparingDouble(at -> -codes.value(at)))
                                .limit(strongest))
                .toList();
        return new EncodedRow(
                kept.stream().map(codes::latent).toList(),
                kept.stream().map(codes::value).toList());
    }
}
