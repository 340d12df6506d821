package io.taxoscope.activationservice.datasets;

import java.io.IOException;

/** Image files of a dataset with their labels, one after the other. */
interface ImageSource {
    /** Calls {@code visitor} for every image, in any order. */
    void visit(Visitor visitor) throws IOException, InterruptedException;

    /** Number of images; 0 when that is not known before. */
    int size();

    /** Receives the images. */
    interface Visitor {
        /** @param content reads the file; called at most once, before {@code image} returns */
        void image(String path, String label, Content content) throws IOException, InterruptedException;

        /** A file that is not read, and why. */
        void refused(String path, String reason);
    }

    /** The bytes of one image. */
    interface Content {
        byte[] read() throws IOException;

        long length() throws IOException;
    }
}
