/** Title of a room for people; one without a title is named after its agent. */
export function roomTitle({ title, agentName }: { title: string; agentName: string }): string {
  return title === "" ? `A talk with ${agentName}` : title;
}
