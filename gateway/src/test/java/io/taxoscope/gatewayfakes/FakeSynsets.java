package io.taxoscope.gatewayfakes;

import io.taxoscope.api.taxonomy.SynsetApi.TreeRequest;
import io.taxoscope.api.taxonomy.TaxonomyTree;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A taxonomy of an animal, a dog and a cat. */
@RestController
class FakeSynsets {
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
                        new TaxonomyTree.Node("n02121808", "cat", List.of("n00015388"), 1, 1, 0, 0, 1, true, true)));
    }
}
