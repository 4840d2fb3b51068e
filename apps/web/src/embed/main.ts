import { createRoom, joinRoom, ProblemError, type JoinedRoom } from "@parley/client";
import { problemText } from "../components/problem-text";
import "./embed.css";
import { readEmbedOptions } from "./embed-options";
import { removeLine, removeLines, showLevel, showLine, showMuted, showStatus } from "./embed-view";
import { view } from "./embed-view";
import { isFramed, tellSurroundingPage } from "./surrounding-page";

const options = readEmbedOptions(location.hash);
let room: JoinedRoom | null = null;

if (options.theme !== undefined) document.documentElement.dataset.theme = options.theme;
view.agent.textContent = options.room.agent.name;
view.minimise.hidden = !isFramed;
view.start.addEventListener("click", () => void start());
view.minimise.addEventListener("click", () => {
  tellSurroundingPage("hide");
});
view.mute.addEventListener("click", () => room?.mute(!room.state.isMuted));
view.end.addEventListener("click", () => void end());
view.say.addEventListener("submit", (event) => {
  event.preventDefault();
  room?.say(view.text.value);
  view.text.value = "";
});
// Any click will do where the browser wants one before it plays sound.
addEventListener("click", () => {
  if (room?.state.isSoundBlocked === true) room.unlockSound();
});
addEventListener("keydown", ({ key }) => {
  if (key === "Escape") tellSurroundingPage("hide");
});

// In a frame the click on the talk button has opened it; elsewhere nobody has clicked yet.
if (isFramed) void start();
else offerStart();

async function start(): Promise<void> {
  view.start.hidden = true;
  removeLines();
  showStatus("Connecting…");
  try {
    const roomId = options.roomId ?? (await createRoom(options.room)).roomId;
    room = joinRoom({ roomId, name: options.name });
  } catch (error) {
    showProblem(error instanceof ProblemError ? error.code : "internal");
    offerStart();
    return;
  }
  view.controls.hidden = false;
  follow(room);
}

function follow(joined: JoinedRoom): void {
  joined.on("line", showLine);
  joined.on("line-removed", ({ id }) => {
    removeLine(id);
  });
  joined.on("level", ({ own, agent }) => {
    showLevel(Math.max(own, agent));
  });
  joined.on("people", (people) => {
    const agent = people.find(({ isAgent }) => isAgent);
    if (agent !== undefined) view.agent.textContent = agent.name;
  });
  joined.on("agent", () => {
    showState(joined);
  });
  joined.on("state", () => {
    showState(joined);
  });
}

function showState({ state, agent }: JoinedRoom): void {
  showMuted(state.isMuted);
  view.mark.classList.toggle("away", agent === "away" || state.connection !== "connected");
  if (state.connection === "failed") {
    showProblem(state.problem ?? "internal");
    offerStart();
  } else if (state.connection !== "connected") {
    if (state.problem === null) showStatus("Connecting…");
    else showProblem(state.problem);
  } else if (state.isSoundBlocked) {
    showStatus("Click anywhere to hear the agent.", true);
  } else if (state.microphone === "unavailable") {
    showProblem(state.microphoneProblem ?? "no-microphone");
  } else {
    showStatus(agent === "away" ? "On its way…" : agent.replace(/^./, (a) => a.toUpperCase()));
  }
}

function showProblem(code: Parameters<typeof problemText>[0]): void {
  const { title, advice } = problemText(code);
  showStatus(`${title}. ${advice}`, true);
}

async function end(): Promise<void> {
  const left = room;
  room = null;
  await left?.leave();
  showStatus("The conversation is over.");
  offerStart();
  tellSurroundingPage("ended");
}

function offerStart(): void {
  view.controls.hidden = true;
  view.start.hidden = false;
  view.mark.classList.add("away");
  showLevel(0);
}
