package io.taxoscope.taxonomyservice.synsets;

import io.taxoscope.api.taxonomy.LabelApi;
import io.taxoscope.taxonomy.LabelMapping;
import io.taxoscope.taxonomy.LabelResolver;
import io.taxoscope.taxonomyservice.taxonomies.Hierarchies;
import io.taxoscope.taxonomyservice.taxonomies.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LabelController implements LabelApi {
    private final Hierarchies hierarchies;
    private final Texts texts;

    LabelController(Hierarchies hierarchies, Texts texts) {
        this.hierarchies = hierarchies;
        this.texts = texts;
    }

    @Override
    public LabelResolution resolve(ResolveLabels request) {
        var hierarchy = hierarchies.get(request.taxonomy());
        var answer = new LabelResolver(hierarchy).resolve(request.labels(), mapping(request));
        var resolved = new LinkedHashMap<String, String>();
        answer.resolved().forEach((label, id) -> resolved.put(label, id.value()));
        return new LabelResolution(
                resolved,
                answer.problems().stream()
                        .map(problem -> new LabelProblem(
                                problem.label(), problem.reason(), SynsetViews.views(problem.candidates())))
                        .toList());
    }

    /** The file's entries, and over them those of the request itself. */
    private Map<String, String> mapping(ResolveLabels request) {
        var mapping = new LinkedHashMap<String, String>();
        var file = request.mappingFile();
        if (file != null) {
            mapping.putAll(LabelMapping.read(texts.read("mappingFile", file)));
        }
        if (request.mapping() != null) {
            mapping.putAll(request.mapping());
        }
        return mapping;
    }
}
