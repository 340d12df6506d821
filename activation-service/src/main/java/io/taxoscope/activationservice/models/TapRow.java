package io.taxoscope.activationservice.models;

import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.ModelView.Positions;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.vision.run.Layout;
import io.taxoscope.vision.run.Tap;
import io.taxoscope.vision.run.Tap.Grid;
import io.taxoscope.vision.run.Token;
import jakarta.persistence.Embeddable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** @param tokens names of the tokens that can be selected, with commas between */
@Embeddable
record TapRow(
        String name,
        String tensor,
        int depth,
        int width,
        String layout,
        String tokens,
        int nTokens,
        int firstPatch,
        int nPatches,
        int gridHeight,
        int gridWidth,
        int heads) {

    static TapRow of(Tap tap) {
        return new TapRow(
                tap.name(),
                tap.tensor(),
                tap.depth(),
                tap.width(),
                tap.layout().name(),
                tap.tokens().stream().map(Token::name).collect(Collectors.joining(",")),
                tap.nTokens(),
                tap.firstPatch(),
                tap.nPatches(),
                tap.grid().height(),
                tap.grid().width(),
                tap.heads());
    }

    Tap tap() {
        List<Token> selectable =
                Stream.of(tokens.split(",", -1)).map(Token::valueOf).toList();
        return new Tap(
                name,
                tensor,
                depth,
                width,
                Layout.valueOf(layout),
                selectable,
                nTokens,
                firstPatch,
                nPatches,
                new Grid(gridHeight, gridWidth),
                heads);
    }

    ModelView.Tap view(boolean isDefault) {
        List<TokenSelection> selectable =
                Stream.of(tokens.split(",", -1)).map(TokenSelection::valueOf).toList();
        return new ModelView.Tap(
                name, tensor, depth, width, ModelView.Layout.valueOf(layout), selectable, isDefault, positions());
    }

    private Positions positions() {
        boolean hasGrid = gridHeight > 0 && gridWidth > 0;
        return new Positions(
                nTokens,
                tap().classToken() < 0 ? null : tap().classToken(),
                nTokens - nPatches - (tap().classToken() < 0 ? 0 : 1),
                firstPatch,
                nPatches,
                hasGrid ? gridHeight : null,
                hasGrid ? gridWidth : null,
                heads == 0 ? null : heads);
    }
}
