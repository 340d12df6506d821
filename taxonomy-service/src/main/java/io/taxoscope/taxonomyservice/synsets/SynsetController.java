package io.taxoscope.taxonomyservice.synsets;

import static io.taxoscope.taxonomyservice.synsets.SynsetViews.page;
import static io.taxoscope.taxonomyservice.synsets.SynsetViews.view;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.SimilarityView;
import io.taxoscope.api.taxonomy.SynsetApi;
import io.taxoscope.api.taxonomy.SynsetView;
import io.taxoscope.taxonomy.CommonHypernyms;
import io.taxoscope.taxonomy.Similarities;
import io.taxoscope.taxonomy.Synset;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.WordNet;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SynsetController implements SynsetApi {
    private final WordNet wordNet;
    private final Taxonomy ilsvrc2012;
    private final Similarities similarities;

    SynsetController(WordNet wordNet, Taxonomy ilsvrc2012, Similarities similarities) {
        this.wordNet = wordNet;
        this.ilsvrc2012 = ilsvrc2012;
        this.similarities = similarities;
    }

    @Override
    public Page<SynsetView> search(String lemma) {
        return page(wordNet.findByLemma(lemma));
    }

    @Override
    public SynsetView find(String wnid) {
        return view(synset(wnid));
    }

    @Override
    public Page<SynsetView> parents(String wnid) {
        return page(synset(wnid).parents().stream().map(wordNet::get).toList());
    }

    @Override
    public Page<SynsetView> children(String wnid) {
        return page(synset(wnid).children().stream().map(wordNet::get).toList());
    }

    @Override
    public Page<SynsetView> ancestors(String wnid) {
        return page(withoutFirst(wordNet.dag().upwards(node(wnid))));
    }

    @Override
    public Page<SynsetView> descendants(String wnid, int limit) {
        return page(withoutFirst(wordNet.dag().downwards(node(wnid), limit + 1)));
    }

    @Override
    public LchView lowestCommonHypernym(LchRequest request) {
        var taxonomy = taxonomy(request.labels());
        int[] nodes = request.synsets().stream()
                .map(SynsetId::of)
                .mapToInt(taxonomy::node)
                .toArray();
        var minimal = new CommonHypernyms(taxonomy).minimal(nodes, nodes.length);
        var candidates = minimal.stream()
                .map(node -> view(wordNet.get(taxonomy.id(node))))
                .toList();
        int lowest = minimal.getFirst();
        return new LchView(
                candidates.getFirst(), candidates, taxonomy.height(lowest), taxonomy.classesBelow(lowest).length);
    }

    @Override
    public SimilarityView similarity(String a, String b) {
        int first = node(a);
        int second = node(b);
        boolean isKnown = Double.isFinite(similarities.informationContent(first))
                && Double.isFinite(similarities.informationContent(second));
        double resnik = similarities.resnik(first, second);
        return new SimilarityView(
                a,
                b,
                similarities.path(first, second),
                similarities.wuPalmer(first, second),
                Double.isFinite(resnik) ? resnik : null,
                isKnown ? similarities.lin(first, second) : null);
    }

    private Taxonomy taxonomy(@Nullable List<String> labels) {
        return labels == null || labels.isEmpty()
                ? ilsvrc2012
                : Taxonomy.over(wordNet.dag(), labels.stream().map(SynsetId::of).toList());
    }

    private Synset synset(String wnid) {
        return wordNet.synset(node(wnid));
    }

    private int node(String wnid) {
        return wordNet.node(SynsetId.of(wnid));
    }

    private List<Synset> withoutFirst(int[] nodes) {
        return Arrays.stream(nodes).skip(1).mapToObj(wordNet::synset).toList();
    }
}
