import { FliteSynthesizer } from "../flite/flite-synthesizer";
import { describeSynthesizer } from "./synthesizer-conformance";

describeSynthesizer({ name: "Flite", open: () => FliteSynthesizer.open() });
