import type { AgentProblem } from "@parley/shared/protocol/agent-problem";

/** Title and advice about an agent that cannot answer; the advice is for whoever runs the server. */
export function agentProblemText(problem: AgentProblem): { title: string; advice: string } {
  switch (problem) {
    case "unauthorised":
      return {
        title: "The agent's chat model refuses its key",
        advice: "Whoever runs this server: check LLM_API_KEY, then run parley doctor.",
      };
    case "not-there":
      return {
        title: "The agent cannot reach its chat model",
        advice:
          "Whoever runs this server: check LLM_BASE_URL and LLM_MODEL, then run parley doctor.",
      };
    case "busy":
      return {
        title: "The agent's chat model is busy",
        advice: "Try again in a moment.",
      };
    case "too-long":
      return {
        title: "This is too long for the agent's chat model",
        advice:
          "Say it in fewer words. Whoever runs this server: the model's context is too small.",
      };
    case "silent":
      return {
        title: "The agent's chat model does not answer",
        advice: "It may still be loading. Whoever runs this server: see the log of inference.",
      };
    case "no-place":
      return {
        title: "All agents are busy in other rooms",
        advice: "One comes here as soon as it can. You can talk with each other meanwhile.",
      };
    case "broken":
      return {
        title: "The agent's chat model fails",
        advice: "Whoever runs this server: the log of inference says why; run parley doctor.",
      };
  }
}
