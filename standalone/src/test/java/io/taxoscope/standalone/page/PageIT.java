package io.taxoscope.standalone.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.ExperimentFeature;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.LayerReport;
import io.taxoscope.api.gateway.LayerReport.Margin;
import io.taxoscope.api.gateway.LearningCurve;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.taxonomy.ControlledMean;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.FeatureView.BestSynset;
import io.taxoscope.api.taxonomy.HierarchyReport.Score;
import io.taxoscope.api.taxonomy.ScoreName;
import io.taxoscope.sdk.Features;
import io.taxoscope.sdk.Taxoscope;
import io.taxoscope.standalone.DemoPlatform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at the page of a real platform: what they see is what the API answers, and the browser has no complaint. */
class PageIT {
    private static final double PATIENCE_MS = 60_000;

    @TempDir
    private static Path folder;

    private static DemoPlatform platform;
    private static Taxoscope taxoscope;
    private static ExperimentView experiment;
    private static Chromium chromium;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> executable = Chromium.find();
        assumeTrue(executable.isPresent(), "no Chromium here: install it or set CHROMIUM to see the page tested");
        platform = DemoPlatform.start(folder);
        taxoscope = platform.client();
        String id = taxoscope.submit(DemoPlatform.shortExperiment("Page test")).id();
        experiment = taxoscope.awaitFinished(id, view -> {});
        assertThat(experiment.state()).as("%s", experiment.error()).isEqualTo(JobState.SUCCEEDED);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        chromium = Chromium.launch(executable.orElseThrow());
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @BeforeEach
    void open() {
        context = chromium.browser().newContext();
        context.setDefaultTimeout(PATIENCE_MS);
        page = context.newPage();
        page.onConsoleMessage(this::listen);
        page.onPageError(complaints::add);
    }

    @AfterEach
    void hasNoComplaint() {
        context.close();
        assertThat(complaints).as("errors in the browser's console").isEmpty();
    }

    @Test
    void leadsFromTheListToALatent() {
        LayerReport last =
                taxoscope.experiments().layers(experiment.id()).items().getLast();
        ExperimentFeature best = taxoscope.features(experiment.id(), last.layer()).stream()
                .findFirst()
                .orElseThrow();

        show("#/");
        assertThat(page.getByRole(AriaRole.HEADING, named("Experiments"))).isVisible();
        page.getByRole(AriaRole.LINK, named(experiment.name())).first().click();

        assertThat(page.getByRole(AriaRole.HEADING, named(experiment.name()))).isVisible();
        assertThat(page.getByRole(AriaRole.HEADING, named("Latents of " + last.layer())))
                .isVisible();
        Locator card = page.locator(".card").first();
        assertThat(card).containsText("latent " + best.scores().latent());
        assertImagesLoaded(card.locator("img"));
        card.locator(".latent a").click();

        assertThat(page.getByRole(
                        AriaRole.HEADING, named("Latent " + best.scores().latent())))
                .isVisible();
        List<Double> profile = taxoscope
                .experiments()
                .feature(experiment.id(), last.layer(), best.scores().latent(), Variant.TRAINED, null)
                .entropyProfile();
        assertThat(page.locator(".profile circle")).hasCount(profile.size());
        assertThat(page.locator(".groups dd")).hasCount(best.scores().values().size());
        assertThat(page.locator(".groups")).containsText(decimals(best.scores().value(ScoreName.F1), 3));
        assertThat(page.locator(".groups")).containsText(decimals(best.scores().value(ScoreName.AP), 3));
        assertThat(page.locator(".gallery li").first()).isVisible();
        assertImagesLoaded(page.locator(".gallery img"));
        assertThat(page.getByRole(AriaRole.HEADING, named("Classes"))).isVisible();
    }

    @Test
    void plotsEveryLayerBesideItsControlsAndGivesTheSameFigures() {
        List<LayerReport> layers =
                taxoscope.experiments().layers(experiment.id()).items();
        LayerReport first = layers.getFirst();
        show("#/experiments/" + experiment.id());

        assertThat(report().locator(".plot .column")).hasCount(layers.size());
        assertThat(report().locator(".series.trained circle").first()).isVisible();
        assertThat(report().locator("path.band")).isVisible();
        assertShowsEveryControl(first, ScoreName.F1, 3);
        page.getByRole(AriaRole.LINK, named("LCH height")).click();
        assertShowsEveryControl(first, ScoreName.LCH_HEIGHT, 2);
        page.getByLabel("Another score").selectOption("AUROC");
        assertShowsEveryControl(first, ScoreName.AUROC, 3);
        page.getByRole(AriaRole.LINK, named("Reconstruction")).click();
        assertThat(row(first)).containsText(decimals(first.trained().sae().fvu(), 3));

        page.locator(".triple .column").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING, named("Latents of " + first.layer())))
                .isVisible();
    }

    private void assertShowsEveryControl(LayerReport report, ScoreName score, int digits) {
        Score trained = report.trained().hierarchy().score(score);
        assertCell(report, "trained", decimals(trained.mean(), digits));
        assertCell(report, "trained", decimals(trained.ciLow(), digits) + " to " + decimals(trained.ciHigh(), digits));
        assertCell(report, "chance", decimals(trained.chance(), digits));
        assertCell(report, "permuted", decimals(trained.permuted(), digits));
        for (var control : Map.of("untrained", Variant.UNTRAINED, "neurons", Variant.NEURONS, "pca", Variant.PCA)
                .entrySet()) {
            Score scored =
                    report.find(control.getValue()).orElseThrow().hierarchy().score(score);
            assertCell(report, control.getKey(), decimals(scored.mean(), digits));
        }
        Margin margin = report.find(Variant.UNTRAINED).orElseThrow().margins().stream()
                .filter(candidate -> candidate.score() == score)
                .findFirst()
                .orElseThrow();
        assertCell(report, "margin", decimals(Math.abs(margin.difference()), digits));
        boolean holdsZero = requireNonNull(margin.ciLow()) <= 0 && requireNonNull(margin.ciHigh()) >= 0;
        boolean isAhead = margin.difference() > 0 != score.lowFirst();
        assertCell(report, "verdict", holdsZero ? "not told apart" : isAhead ? "✓ told apart" : "untrained ahead");
    }

    private void assertCell(LayerReport report, String column, String text) {
        assertThat(row(report).locator("td." + column)).containsText(text);
    }

    @Test
    void plotsRelationsBesideTheirControls() {
        LayerReport first =
                taxoscope.experiments().layers(experiment.id()).items().getFirst();
        show("#/experiments/" + experiment.id());
        Locator relations = page.locator("section.relations");

        relations.getByRole(AriaRole.LINK, inside("Matching")).click();
        assertThat(relations.locator(".plot .column")).hasCount(2);
        assertMean(first, "trained", matching(first, Variant.TRAINED).mean());
        assertMean(first, "control", matching(first, Variant.TRAINED).control());
        assertMean(first, "untrained", matching(first, Variant.UNTRAINED).mean());

        relations.getByRole(AriaRole.LINK, inside("Stability over seeds")).click();
        assertMean(
                first, "trained", compared(first, CreateComparison.Kind.SEEDS).mean());
        assertMean(
                first, "control", compared(first, CreateComparison.Kind.SEEDS).control());
        relations
                .getByRole(AriaRole.LINK, inside("Overlap with the next layer"))
                .click();
        assertMean(
                first, "trained", compared(first, CreateComparison.Kind.LAYERS).mean());
        assertThat(row(relations, first)).not().containsText("NaN");
    }

    private void assertMean(LayerReport report, String column, @Nullable Double mean) {
        assertThat(row(page.locator("section.relations"), report).locator("td." + column))
                .containsText(decimals(mean, 3));
    }

    private static ControlledMean matching(LayerReport report, Variant variant) {
        return taxoscope.experiments().relations(experiment.id()).items().stream()
                .filter(made -> made.layer().equals(report.layer()) && made.variant() == variant)
                .findFirst()
                .orElseThrow()
                .report()
                .matching()
                .score();
    }

    private static ControlledMean compared(LayerReport report, CreateComparison.Kind kind) {
        return taxoscope.experiments().comparisons(experiment.id()).items().stream()
                .filter(made -> made.layer().equals(report.layer()) && made.kind() == kind)
                .findFirst()
                .orElseThrow()
                .report()
                .similarity();
    }

    @Test
    void showsTheLatentsOfAControlAndOfACheckpoint() {
        show("#/experiments/" + experiment.id());
        page.getByLabel("Latents of the").selectOption("untrained SAE");
        assertThat(page.getByRole(AriaRole.HEADING, named("Latents of " + lastLayer() + ", untrained SAE")))
                .isVisible();
        assertCards(taxoscope.features(experiment.id(), lastLayer()).of(Variant.UNTRAINED));
        page.getByLabel("Latents of the").selectOption("SAE at step 50");
        assertThat(page.getByRole(AriaRole.HEADING, named("Latents of " + lastLayer() + ", SAE at step 50")))
                .isVisible();
        assertCards(taxoscope.features(experiment.id(), lastLayer()).atStep(50));

        page.locator(".card .latent a").first().click();
        assertThat(page.locator("h1")).containsText("of the SAE at step 50");
        assertImagesLoaded(page.locator(".gallery img"));

        show("#/experiments/" + experiment.id() + "/tree?variant=UNTRAINED");
        page.getByRole(AriaRole.BUTTON, named("Open all")).click();
        BestSynset best = requireNonNull(taxoscope.features(experiment.id(), lastLayer()).of(Variant.UNTRAINED).stream()
                .findFirst()
                .orElseThrow()
                .scores()
                .best());
        assertThat(page.locator("[data-row=" + best.wnid() + "] td.heat").last())
                .hasText(decimals(best.f1(), 2));
    }

    @Test
    void ordersAndFiltersLatentsByAScore() {
        show("#/experiments/" + experiment.id());
        page.getByLabel("Sort by").selectOption("AP");
        assertThat(page.locator(".cards")).isVisible();
        assertCards(taxoscope.features(experiment.id(), lastLayer()).sortedBy(FeatureSort.AP));

        page.getByLabel("Only where").selectOption("LCH_HEIGHT");
        page.getByLabel("at least or at most").selectOption("<=");
        page.getByLabel("bound").fill("3");
        page.getByRole(AriaRole.BUTTON, named("Filter")).click();
        assertThat(page.locator(".bounds")).containsText("LCH height ≤ 3");
        assertCards(taxoscope
                .features(experiment.id(), lastLayer())
                .sortedBy(FeatureSort.AP)
                .atMost(ScoreName.LCH_HEIGHT, 3));
    }

    /** The first page of cards is what the API lists first. */
    private void assertCards(Features expected) {
        String[] latents = expected.stream()
                .limit(24)
                .map(feature -> "latent " + feature.scores().latent())
                .toArray(String[]::new);
        assertThat(latents).isNotEmpty();
        assertThat(page.locator(".card .latent a")).hasText(latents);
    }

    @Test
    void opensTheTreeDownToASynsetAndListsItsLatents() {
        BestSynset best = taxoscope.features(experiment.id(), lastLayer()).stream()
                .map(feature -> feature.scores().best())
                .findFirst()
                .map(Objects::requireNonNull)
                .orElseThrow();
        show("#/experiments/" + experiment.id() + "/tree");
        Locator node = page.locator("[data-row=" + best.wnid() + "]");
        page.getByRole(AriaRole.BUTTON, named("Close all")).click();
        assertThat(page.locator("[data-row]")).hasCount(1);
        page.locator("[data-row]").first().focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("[data-row]").nth(1)).isVisible();
        page.getByRole(AriaRole.BUTTON, named("Open all")).click();
        assertThat(node.locator("td.heat").last()).hasText(decimals(best.f1(), 2));

        node.locator("a.synset").first().click();
        assertThat(page.locator("h1")).hasText(best.name().replace('_', ' '));
        page.locator(".tabs a").last().click();
        assertCards(taxoscope.features(experiment.id(), lastLayer()).below(best.wnid()));
    }

    @Test
    void drawsTheScoresDuringTraining() {
        show("#/experiments/" + experiment.id());
        LearningCurve curve = taxoscope.experiments().curve(experiment.id(), lastLayer());
        assertThat(page.locator(".learning .series.trained circle"))
                .hasCount(curve.points().size());
        page.locator(".learning summary").click();
        for (LearningCurve.Point point : curve.points()) {
            assertThat(page.locator(".learning table"))
                    .containsText(decimals(point.hierarchy().score(ScoreName.F1).mean(), 3));
        }
    }

    @Test
    void filtersLatentsByTheSynsetThatAWordMeans() {
        show("#/experiments/" + experiment.id());
        page.getByRole(AriaRole.SEARCHBOX).fill("animal");
        page.getByRole(AriaRole.BUTTON, named("Find")).click();
        page.locator(".senses button").first().click();

        assertThat(page.locator(".filter")).containsText("animal");
        assertCards(taxoscope.features(experiment.id(), lastLayer()).below("n00015388"));

        page.locator(".card .synset").first().hover();
        assertThat(page.locator("#tip")).containsText("(n");
    }

    @Test
    void namesEveryWrongFieldOfADocument() {
        show("#/new");
        page.getByLabel("Experiment document")
                .fill("{\"name\": \"\", \"model\": {}, \"dataset\": {}, \"sae\": {\"k\": 0}}");
        page.getByRole(AriaRole.BUTTON, named("Check and start")).click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("wrong; nothing was started");
        assertThat(page.locator(".fields")).containsText("name");
        assertThat(page.locator(".fields")).containsText("sae.k");
        // The browser reports the refusal itself as an error; it is the one that this test asks for.
        assertThat(complaints).allMatch(complaint -> complaint.contains("422"));
        complaints.clear();
    }

    @Test
    void startsAnExperimentShowsItsProgressAndCancelsIt() {
        show("#/new?from=" + experiment.id());
        Locator document = page.getByLabel("Experiment document");
        assertThat(document).hasValue(Pattern.compile("again"));
        // So many steps that it cannot end by itself while a person looks.
        document.fill(document.inputValue().replaceFirst("\"steps\": \\d+", "\"steps\": 1000000"));
        page.getByRole(AriaRole.BUTTON, named("Check and start")).click();

        assertThat(page.locator(".title .chip")).containsText("running");
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        page.getByRole(AriaRole.BUTTON, named("Cancel")).click();

        assertThat(page.locator(".title .chip")).containsText("cancelled");
        assertThat(page.getByRole(AriaRole.BUTTON, named("Retry"))).isVisible();
        String id = page.url().substring(page.url().lastIndexOf('/') + 1);
        assertThat(taxoscope.experiments().find(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void fitsANarrowScreen() {
        page.setViewportSize(400, 850);
        for (String address : List.of(
                "#/", "#/new", "#/experiments/" + experiment.id(), "#/experiments/" + experiment.id() + "/tree")) {
            show(address);
            assertThat(page.locator("h1")).isVisible();
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(address)
                    .isEqualTo(400);
        }
    }

    private void show(String hash) {
        page.navigate(taxoscope.address() + "/" + hash);
    }

    private void listen(ConsoleMessage message) {
        if (message.type().equals("error")) {
            complaints.add(message.text() + " " + message.location());
        }
    }

    private static String lastLayer() {
        return taxoscope.experiments().layers(experiment.id()).items().getLast().layer();
    }

    private Locator report() {
        return page.locator("section[aria-label='Layer report']");
    }

    private Locator row(LayerReport report) {
        return row(report(), report);
    }

    private Locator row(Locator section, LayerReport report) {
        return section.locator("table.report tbody tr")
                .filter(new Locator.FilterOptions().setHas(page.getByRole(AriaRole.LINK, named(report.layer()))));
    }

    private void assertImagesLoaded(Locator images) {
        // They load when they come near to what is seen.
        images.first().scrollIntoViewIfNeeded();
        assertThat(images.first()).isVisible();
        page.waitForCondition(() -> images.all().stream()
                .allMatch(image -> (boolean) image.evaluate("image => image.complete && image.naturalWidth > 0")));
    }

    private static Locator.GetByRoleOptions inside(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static String decimals(@Nullable Double value, int digits) {
        requireNonNull(value);
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
