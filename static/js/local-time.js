/* Adds the reader's own time to every announced instant: "… 18:00, Montevideo (UTC−3) · 22:00 your time". */
const words = document.body.dataset.yourTime;
// The pages write the day before the month in every language, English too.
const lang = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

function sameClock(instant, zone) {
  const clock = { dateStyle: "short", timeStyle: "short" };
  try {
    return instant.toLocaleString(lang, { ...clock, timeZone: zone }) === instant.toLocaleString(lang, clock);
  } catch {
    return false;
  }
}

for (const time of document.querySelectorAll("time.js-local[datetime]")) {
  const instant = new Date(time.dateTime);
  if (isNaN(instant) || sameClock(instant, time.dataset.zone)) continue;
  const zone = time.dataset.zone || "UTC";
  const day = (timeZone) => instant.toLocaleDateString(lang, { day: "numeric", month: "long", timeZone });
  const clock = instant.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const own = document.createElement("span");
  own.className = "local-time";
  own.textContent = ` · ${day(zone) === day() ? "" : day() + ", "}${clock} ${time.dataset.yourTime || words}`;
  time.append(own);
}
