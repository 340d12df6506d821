package io.taxoscope.gateway.results;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.ScoringApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which synsets the latents of a scoring stand at. A scoring never changes, so that its marks are kept for a while. */
@Component
class LatentMarks {
    private static final int PAGE = 1000;
    private static final int KEPT = 64;

    private final ScoringApi scorings;

    /** By scoring; the least recently used goes first. */
    private final LinkedHashMap<String, List<Mark>> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    LatentMarks(ScoringApi scorings) {
        this.scorings = scorings;
    }

    /**
     * An eligible latent.
     *
     * @param lch wnid
     * @param best wnid of its best synset
     * @param f1 held-out
     */
    record Mark(
            int latent,
            @Nullable String lch,
            @Nullable String best,
            @Nullable String name,
            double f1) {}

    List<Mark> of(String scoringId) {
        synchronized (kept) {
            List<Mark> known = kept.get(scoringId);
            if (known != null) {
                return known;
            }
        }
        List<Mark> marks = read(scoringId);
        synchronized (kept) {
            kept.put(scoringId, marks);
            while (kept.size() > KEPT) {
                kept.pollFirstEntry();
            }
        }
        return marks;
    }

    private List<Mark> read(String scoringId) {
        var marks = new ArrayList<Mark>();
        String cursor = null;
        do {
            Page<FeatureView> page =
                    scorings.features(scoringId, FeatureSort.LATENT, null, null, null, true, cursor, PAGE);
            page.items().forEach(feature -> marks.add(mark(feature)));
            cursor = page.nextCursor();
        } while (cursor != null);
        return List.copyOf(marks);
    }

    private static Mark mark(FeatureView feature) {
        var lch = feature.lch();
        var best = feature.best();
        return new Mark(
                feature.latent(),
                lch == null ? null : lch.wnid(),
                best == null ? null : best.wnid(),
                best == null ? null : best.name(),
                best == null ? 0 : best.f1());
    }
}
