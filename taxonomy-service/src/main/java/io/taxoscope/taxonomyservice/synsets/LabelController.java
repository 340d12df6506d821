package io.taxoscope.taxonomyservice.synsets;

import io.taxoscope.api.taxonomy.LabelApi;
import io.taxoscope.taxonomy.LabelResolver;
import io.taxoscope.taxonomyservice.taxonomies.Hierarchies;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LabelController implements LabelApi {
    private final Hierarchies hierarchies;

    LabelController(Hierarchies hierarchies) {
        this.hierarchies = hierarchies;
    }

    @Override
    public LabelResolution resolve(ResolveLabels request) {
        Map<String, String> mapping = request.mapping() == null ? Map.of() : request.mapping();
        var answer = new LabelResolver(hierarchies.get(request.taxonomy())).resolve(request.labels(), mapping);
        var resolved = new LinkedHashMap<String, String>();
        answer.resolved().forEach((label, id) -> resolved.put(label, id.value()));
        return new LabelResolution(
                resolved,
                answer.problems().stream()
                        .map(problem -> new LabelProblem(
                                problem.label(), problem.reason(), SynsetViews.views(problem.candidates())))
                        .toList());
    }
}
