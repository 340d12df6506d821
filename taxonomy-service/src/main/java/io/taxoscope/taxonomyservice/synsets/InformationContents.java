package io.taxoscope.taxonomyservice.synsets;

import io.taxoscope.api.taxonomy.CreateTaxonomy.Text;
import io.taxoscope.api.taxonomy.InformationContentSource;
import io.taxoscope.taxonomy.InformationContent;
import io.taxoscope.taxonomy.Similarities;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.WordNet;
import io.taxoscope.taxonomyservice.synsets.PreparedTaxonomies.Prepared;
import io.taxoscope.taxonomyservice.taxonomies.Texts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Information content as a request describes it. */
@Component
class InformationContents {
    private static final String FIELD = "informationContent";

    private final Texts texts;

    InformationContents(Texts texts) {
        this.texts = texts;
    }

    /** @param source uniform over the default classes when absent */
    Similarities similarities(Prepared in, @Nullable InformationContentSource source) {
        return source == null ? in.similarities() : in.similarities().with(content(in, source));
    }

    private InformationContent content(Prepared in, InformationContentSource source) {
        var classes = source.classes();
        var counts = source.counts();
        refuse(classes != null && source.kind() != InformationContentSource.Kind.UNIFORM, "classes", source);
        refuse(counts != null && source.kind() != InformationContentSource.Kind.COUNTS, "counts", source);
        boolean hasFile = source.upload() != null || source.text() != null;
        refuse(hasFile && source.kind() != InformationContentSource.Kind.FILE, "upload and text", source);
        return switch (source.kind()) {
            case UNIFORM -> InformationContent.uniform(in.above(classes));
            case COUNTS -> counts(in, counts);
            case FILE -> file(in, source);
        };
    }

    private static void refuse(boolean isWrong, String fields, InformationContentSource source) {
        if (isWrong) {
            throw SynsetError.INFORMATION_CONTENT_UNUSABLE.because(FIELD, fields + " do not go with " + source.kind());
        }
    }

    private static InformationContent counts(Prepared in, @Nullable Map<String, Double> given) {
        if (given == null || given.values().stream().noneMatch(count -> count > 0)) {
            throw SynsetError.INFORMATION_CONTENT_UNUSABLE.because(FIELD + ".counts", "has no count above 0");
        }
        var counts = new HashMap<SynsetId, Double>();
        given.forEach((wnid, count) -> {
            in.hierarchy().node(SynsetId.of(wnid));
            counts.put(SynsetId.of(wnid), count);
        });
        return InformationContent.ofCounts(in.hierarchy().dag(), counts);
    }

    private InformationContent file(Prepared in, InformationContentSource source) {
        if (!(in.hierarchy() instanceof WordNet wordNet)) {
            throw SynsetError.INFORMATION_CONTENT_UNUSABLE.because(
                    FIELD,
                    "corpus files are about WordNet 3.0; give COUNTS for "
                            + in.hierarchy().title());
        }
        return InformationContent.ofCorpus(wordNet, texts.read(FIELD, new Text(source.upload(), source.text())));
    }
}
