package io.taxoscope.activationservice.models;

import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.vision.run.Layout;
import io.taxoscope.vision.run.Tap;
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
        int nPatches) {

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
                tap.nPatches());
    }

    Tap tap() {
        List<Token> selectable =
                Stream.of(tokens.split(",", -1)).map(Token::valueOf).toList();
        return new Tap(name, tensor, depth, width, Layout.valueOf(layout), selectable, nTokens, firstPatch, nPatches);
    }

    ModelView.Tap view(boolean isDefault) {
        List<TokenSelection> selectable =
                Stream.of(tokens.split(",", -1)).map(TokenSelection::valueOf).toList();
        return new ModelView.Tap(name, tensor, depth, width, ModelView.Layout.valueOf(layout), selectable, isDefault);
    }
}
