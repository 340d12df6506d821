package io.taxoscope.taxonomy.relations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Which latents stand for which node: those whose best synset a scoring has confirmed. */
public final class Assignment {
    private static final int NONE = -1;

    private final int[] nodes;
    private final double[] f1s;
    private final int[] standing;

    private Assignment(int[] nodes, double[] f1s) {
        this.nodes = nodes;
        this.f1s = f1s;
        this.standing = IntStream.range(0, nodes.length).filter(this::stands).toArray();
    }

    /** The best synset of one latent, as its scoring found it. */
    public record Best(int latent, int node, double f1) {}

    /** @param perNode latents that may stand for one node, those of greatest F1 */
    public static Assignment of(int nLatents, List<Best> best, double minF1, int perNode) {
        int[] nodes = new int[nLatents];
        Arrays.fill(nodes, NONE);
        double[] f1s = new double[nLatents];
        var byNode = new TreeMap<Integer, List<Best>>();
        best.stream().filter(each -> each.f1() >= minF1).forEach(each -> byNode.computeIfAbsent(
                        each.node(), node -> new ArrayList<>())
                .add(each));
        byNode.values().forEach(of -> of.stream()
                .sorted(Comparator.comparingDouble(Best::f1).reversed().thenComparingInt(Best::latent))
                .limit(perNode)
                .forEach(each -> {
                    nodes[each.latent()] = each.node();
                    f1s[each.latent()] = each.f1();
                }));
        return new Assignment(nodes, f1s);
    }

    int nLatents() {
        return nodes.length;
    }

    public boolean stands(int latent) {
        return nodes[latent] != NONE;
    }

    public int node(int latent) {
        return nodes[latent];
    }

    public double f1(int latent) {
        return f1s[latent];
    }

    /** Latents that stand for a node, ascending. */
    int[] standing() {
        return standing;
    }

    public int size() {
        return standing.length;
    }

    /** Nodes that some latent stands for. */
    int nNodes() {
        return (int) Arrays.stream(standing).map(this::node).distinct().count();
    }
}
