package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.Nouns;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A planted hierarchy: 24 breeds and six other classes of 40 images, and latents that mark dogs, dalmatians, pugs and
 * tabbies. The dogs' latent is silent on dalmatians: theirs has absorbed it, its direction holding both. One latent claims
 * bananas and fires on tabbies. Twenty more fire at random, faintly.
 */
final class DogShow {
    static final int DOGS = 0;
    static final int DALMATIANS = 1;
    static final int PUGS = 2;
    static final int TABBIES = 3;
    static final int LIAR = 4;
    static final int LATENTS = 25;
    static final int BREEDS = 24;

    private static final SynsetId DOG = SynsetId.of("n02084071");
    private static final int IMAGES = 40;
    private static final int WIDTH = 6;
    private static final float BIAS = 0.5f;

    final Taxonomy taxonomy;
    final LabelledExamples labels;
    private final int[] classOf;
    private final int dalmatian;
    private final int pug;
    private final int tabby;

    DogShow() {
        var classes = new LinkedHashSet<SynsetId>();
        List.of("dalmatian", "pug", "basenji", "tabby", "banana", "lemon", "sports_car", "geyser", "airliner")
                .forEach(lemma -> classes.add(Nouns.ILSVRC.id(Nouns.classNode(lemma))));
        int[] dogs = Nouns.ILSVRC.classesBelow(Nouns.ILSVRC.node(DOG));
        for (int i = 0; classes.size() < BREEDS + 6; i++) {
            classes.add(Nouns.ILSVRC.id(Nouns.ILSVRC.classNode(dogs[i])));
        }
        taxonomy = Taxonomy.over(Nouns.WORDNET.dag(), classes);
        classOf = IntStream.range(0, IMAGES * classes.size())
                .map(i -> i % classes.size())
                .toArray();
        labels = new LabelledExamples(taxonomy, classOf);
        dalmatian = classIndex("dalmatian");
        pug = classIndex("pug");
        tabby = classIndex("tabby");
    }

    int node(String lemma) {
        return taxonomy.node(Nouns.ILSVRC.id(Nouns.classNode(lemma)));
    }

    int dog() {
        return taxonomy.node(DOG);
    }

    /** Images of a class, or of all dogs, on the report half. */
    int reported(int node) {
        return labels.below(Half.REPORT, node);
    }

    Assignment assignment() {
        return Assignment.of(
                LATENTS,
                List.of(
                        new Assignment.Best(DOGS, dog(), .98),
                        new Assignment.Best(DALMATIANS, node("dalmatian"), 1),
                        new Assignment.Best(PUGS, node("pug"), 1),
                        new Assignment.Best(TABBIES, node("tabby"), 1),
                        new Assignment.Best(LIAR, node("banana"), .2)),
                .1,
                3);
    }

    Firings firings() {
        var random = new SplittableRandom(11);
        var z = new float[classOf.length][LATENTS];
        for (int i = 0; i < z.length; i++) {
            z[i][DOGS] = isDog(i) && classOf[i] != dalmatian ? 1 : 0;
            z[i][DALMATIANS] = classOf[i] == dalmatian ? (float) Math.sqrt(2) : 0;
            z[i][PUGS] = classOf[i] == pug ? 1 : 0;
            z[i][TABBIES] = classOf[i] == tabby ? 1 : 0;
            z[i][LIAR] = classOf[i] == tabby ? .5f : 0;
            for (int noise = 5; noise < LATENTS; noise++) {
                z[i][noise] = random.nextDouble() < noise / 50.0 ? .01f : 0;
            }
        }
        return MonoSemanticityTest.firings(z);
    }

    /** Dogs along the first axis, the second for dalmatians, the third for pugs, the fourth for tabbies. */
    Vectors activations() {
        float[] x_bd = new float[classOf.length * WIDTH];
        Arrays.fill(x_bd, BIAS);
        for (int i = 0; i < classOf.length; i++) {
            var axes = new ArrayList<Integer>();
            axes.add(isDog(i) ? 0 : classOf[i] == tabby ? 3 : 4);
            if (classOf[i] == dalmatian || classOf[i] == pug) {
                axes.add(classOf[i] == pug ? 2 : 1);
            }
            for (int axis : axes) {
                x_bd[i * WIDTH + axis] += 1;
            }
        }
        return new Vectors(x_bd, WIDTH);
    }

    Directions directions() {
        var random = new SplittableRandom(12);
        float[] rows = new float[LATENTS * WIDTH];
        rows[DOGS * WIDTH] = 1;
        rows[DALMATIANS * WIDTH] = (float) Math.sqrt(.5);
        rows[DALMATIANS * WIDTH + 1] = (float) Math.sqrt(.5);
        rows[PUGS * WIDTH + 2] = 1;
        rows[TABBIES * WIDTH + 3] = 1;
        rows[LIAR * WIDTH + 4] = 1;
        for (int at = 5 * WIDTH; at < rows.length; at++) {
            rows[at] = (float) random.nextGaussian();
        }
        float[] bias = new float[WIDTH];
        Arrays.fill(bias, BIAS);
        return new Directions(LATENTS, WIDTH, rows, bias);
    }

    private boolean isDog(int example) {
        return Arrays.binarySearch(taxonomy.classesBelow(dog()), classOf[example]) >= 0;
    }

    private int classIndex(String lemma) {
        int node = node(lemma);
        return IntStream.range(0, taxonomy.nClasses())
                .filter(c -> taxonomy.classNode(c) == node)
                .findFirst()
                .orElseThrow();
    }
}
