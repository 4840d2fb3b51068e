/**
 * Opens the graph that its argument names under the provider of the second one. onnxruntime tells on
 * the console, and nowhere else, which node it gave to whom.
 */
import { onnxruntime } from "../../runtime/onnxruntime";

const [file = "", provider = "webgpu"] = process.argv.slice(2);
const session = await onnxruntime().InferenceSession.create(file, {
  executionProviders: [provider],
  logSeverityLevel: 0,
});
await session.release();
process.exit();
