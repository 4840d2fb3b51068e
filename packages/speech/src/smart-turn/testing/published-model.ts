/** `smart-turn-v3.2-cpu.onnx`, which is no part of this repository: 8.7 MB that few need. */
export const publishedModel = process.env.PARLEY_TEST_SMART_TURN;
