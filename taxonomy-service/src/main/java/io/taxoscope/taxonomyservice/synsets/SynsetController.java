package io.taxoscope.taxonomyservice.synsets;

import static io.taxoscope.taxonomyservice.synsets.SynsetViews.page;
import static io.taxoscope.taxonomyservice.synsets.SynsetViews.view;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.SimilarityMatrix;
import io.taxoscope.api.taxonomy.SimilarityView;
import io.taxoscope.api.taxonomy.SynsetApi;
import io.taxoscope.api.taxonomy.SynsetView;
import io.taxoscope.api.taxonomy.TaxonomyTree;
import io.taxoscope.taxonomy.CommonHypernyms;
import io.taxoscope.taxonomy.Hierarchy;
import io.taxoscope.taxonomy.Synset;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomyservice.synsets.PreparedTaxonomies.Prepared;
import io.taxoscope.taxonomyservice.taxonomies.Hierarchies;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SynsetController implements SynsetApi {
    private static final int DEFAULT_LIMIT = 2000;

    private final Hierarchies hierarchies;
    private final PreparedTaxonomies prepared;
    private final InformationContents contents;

    SynsetController(Hierarchies hierarchies, PreparedTaxonomies prepared, InformationContents contents) {
        this.hierarchies = hierarchies;
        this.prepared = prepared;
        this.contents = contents;
    }

    @Override
    public Page<SynsetView> search(String lemma, @Nullable String taxonomy) {
        return page(hierarchies.get(taxonomy).findByLemma(lemma));
    }

    @Override
    public SynsetView find(String wnid, @Nullable String taxonomy) {
        return view(hierarchies.get(taxonomy).get(SynsetId.of(wnid)));
    }

    @Override
    public Page<SynsetView> parents(String wnid, @Nullable String taxonomy) {
        var hierarchy = hierarchies.get(taxonomy);
        return page(synsets(hierarchy, IntStream.of(hierarchy.dag().parents(hierarchy.node(SynsetId.of(wnid))))));
    }

    @Override
    public Page<SynsetView> children(String wnid, int limit, @Nullable String taxonomy) {
        var hierarchy = hierarchies.get(taxonomy);
        int[] children = hierarchy.dag().children(hierarchy.node(SynsetId.of(wnid)));
        return page(synsets(hierarchy, IntStream.of(children).limit(limit)));
    }

    @Override
    public Page<SynsetView> ancestors(String wnid, @Nullable String taxonomy) {
        var hierarchy = hierarchies.get(taxonomy);
        int[] up = hierarchy.dag().upwards(hierarchy.node(SynsetId.of(wnid)));
        return page(synsets(hierarchy, IntStream.of(up).skip(1)));
    }

    @Override
    public Page<SynsetView> descendants(String wnid, int limit, @Nullable String taxonomy) {
        var hierarchy = hierarchies.get(taxonomy);
        int[] down = hierarchy.dag().downwards(hierarchy.node(SynsetId.of(wnid)), limit + 1);
        return page(synsets(hierarchy, IntStream.of(down).skip(1)));
    }

    @Override
    public LchView lowestCommonHypernym(LchRequest request) {
        var in = prepared.get(request.taxonomy());
        var taxonomy = in.above(request.labels(), request.synsets());
        int[] nodes = request.synsets().stream()
                .map(SynsetId::of)
                .mapToInt(taxonomy::node)
                .toArray();
        var minimal = new CommonHypernyms(taxonomy).minimal(nodes, nodes.length);
        var candidates = minimal.stream()
                .map(node -> view(in.hierarchy().get(taxonomy.id(node))))
                .toList();
        int lowest = minimal.getFirst();
        return new LchView(
                candidates.getFirst(), candidates, taxonomy.height(lowest), taxonomy.classesBelow(lowest).length);
    }

    @Override
    public TaxonomyTree tree(TreeRequest request) {
        var in = prepared.get(request.taxonomy());
        var taxonomy = in.above(request.labels());
        int root = request.root() == null ? taxonomy.dag().root() : taxonomy.node(SynsetId.of(request.root()));
        int limit = request.limit() == null ? DEFAULT_LIMIT : request.limit();
        return TreeViews.view(in.hierarchy(), taxonomy, root, limit);
    }

    @Override
    public SimilarityView similarity(String a, String b, @Nullable String taxonomy) {
        var in = prepared.get(taxonomy);
        return SimilarityViews.view(in, in.similarities(), a, b);
    }

    @Override
    public Page<SimilarityView> similarities(SimilaritiesRequest request) {
        var in = prepared.get(request.taxonomy());
        var similarities = contents.similarities(in, request.informationContent());
        return new Page<>(
                request.pairs().stream()
                        .map(pair -> SimilarityViews.view(in, similarities, pair.getFirst(), pair.getLast()))
                        .toList(),
                null);
    }

    @Override
    public SimilarityMatrix similarityMatrix(MatrixRequest request) {
        Prepared in = prepared.get(request.taxonomy());
        var similarities = contents.similarities(in, request.informationContent());
        int[] nodes = request.synsets().stream()
                .mapToInt(wnid -> in.hierarchy().node(SynsetId.of(wnid)))
                .toArray();
        var measure = request.measure();
        return new SimilarityMatrix(measure, request.synsets(), SimilarityViews.matrix(similarities, measure, nodes));
    }

    private static List<Synset> synsets(Hierarchy hierarchy, IntStream nodes) {
        return nodes.mapToObj(hierarchy::synset).toList();
    }
}
