// A conversation with Parley in plain JavaScript. On a page of another server, import the library
// from Parley's address, and hand that address to `createRoom` and `joinRoom` as `server`:
//
//   import { createRoom, joinRoom } from "https://talk.example.org/client/parley-client.js";
//   const server = "https://talk.example.org";
import { createRoom, joinRoom, listAudioDevices } from "/client/parley-client.js";

const element = (id) => document.getElementById(id);

/** The room that this page is in; null before and after. */
let room = null;

// 1. A click starts it: browsers play no sound and open no microphone without one.
element("start").addEventListener("submit", async (event) => {
  event.preventDefault();
  element("start").hidden = true;
  showStatus("Opening a room…");
  try {
    await start(element("name").value.trim() || "Guest");
  } catch (problem) {
    // Codes such as "server-unreachable" or "at-capacity"; docs/client.md lists them.
    showStatus(`This did not work: ${problem.code ?? problem.message}.`);
    element("start").hidden = false;
  }
});

async function start(name) {
  // 2. A room of our own, or the one that the address names: talk.html?room=…
  const roomId = new URLSearchParams(location.search).get("room") ?? (await newRoom());
  element("link").href = `/r/${roomId}`;

  // 3. Joining returns at once, so that nothing is missed by what listens from here on.
  room = joinRoom({ roomId, name });
  room.on("state", showState);
  room.on("line", showLine);
  room.on("line-removed", ({ id }) => document.getElementById(`line-${id}`)?.remove());
  room.on("people", showPeople);
  room.on("agent", () => showState(room.state));
  room.on("level", ({ own }) => (element("own-level").value = own));

  await room.joined;
  element("conversation").hidden = false;
  await showMicrophones();
}

async function newRoom() {
  const { roomId } = await createRoom({
    title: "Talk, an example",
    agent: { greeting: "Hello! What would you like to know?" },
  });
  return roomId;
}

// 4. What the buttons do.
element("mute").addEventListener("click", () => room.mute(!room.state.isMuted));
element("leave").addEventListener("click", () => room.leave());
element("microphone").addEventListener("change", ({ target }) => {
  room.chooseMicrophone(target.value || null);
});
element("say").addEventListener("submit", (event) => {
  event.preventDefault();
  room.say(element("text").value);
  element("text").value = "";
});

// 5. What happens, shown.

/** A line comes several times while it is spoken, with the same id each time. */
function showLine({ id, name, text, isFinal, isAgent, isInterrupted }) {
  let line = document.getElementById(`line-${id}`);
  if (line === null) {
    line = document.createElement("li");
    line.id = `line-${id}`;
    line.append(document.createElement("strong"), document.createElement("p"));
    element("lines").append(line);
  }
  const [speaker, words] = line.children;
  speaker.textContent = name;
  words.textContent = isInterrupted ? `${text} —` : text;
  line.classList.toggle("agent", isAgent);
  line.classList.toggle("guess", !isFinal);
  element("lines").scrollTo({ top: element("lines").scrollHeight });
}

function showPeople(people) {
  element("people").textContent = people.map(({ name }) => name).join(", ");
}

function showState({
  connection,
  problem,
  microphone,
  microphoneProblem,
  isMuted,
  isSoundBlocked,
}) {
  element("mute").setAttribute("aria-pressed", String(isMuted));
  element("mute").textContent = isMuted ? "Unmute" : "Mute";
  if (connection === "failed" || connection === "closed") {
    showStatus(connection === "closed" ? "You have left." : `The room is gone: ${problem}.`);
    element("conversation").hidden = true;
    element("start").hidden = false;
    element("lines").replaceChildren();
  } else if (connection !== "connected") {
    showStatus(problem === null ? "Connecting…" : `Connecting… (${problem})`);
  } else if (isSoundBlocked) {
    // Rare after a click: some browsers want one that is younger than the sound.
    showStatus("Your browser holds the sound back. Click anywhere.");
    addEventListener("click", () => room.unlockSound(), { once: true });
  } else if (microphone === "unavailable") {
    showStatus(`No microphone (${microphoneProblem}). You can listen and type.`);
  } else {
    showStatus(`The agent is ${room.agent}.`);
  }
}

function showStatus(text) {
  if (element("status").textContent !== text) element("status").textContent = text;
}

async function showMicrophones() {
  const { microphones } = await listAudioDevices();
  element("microphone").replaceChildren(
    new Option("System default", ""),
    ...microphones.map(({ deviceId, label }) => new Option(label, deviceId)),
  );
}
