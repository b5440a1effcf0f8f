// Forms marked data-passkey ask the device for a passkey before they are sent. Without this script they stay hidden, and every other way in works.

const fromBase64Url = text => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
const toBase64Url = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const withId = credential => ({ ...credential, id: fromBase64Url(credential.id) });

function creationOptions(json) {
  return {
    ...json,
    challenge: fromBase64Url(json.challenge),
    user: withId(json.user),
    excludeCredentials: (json.excludeCredentials ?? []).map(withId),
  };
}

function requestOptions(json) {
  return { ...json, challenge: fromBase64Url(json.challenge), allowCredentials: (json.allowCredentials ?? []).map(withId) };
}

// PublicKeyCredential.toJSON does this, and some password managers hand out objects on which it fails.
function asJson(credential) {
  const answer = credential.response;
  const response = { clientDataJSON: toBase64Url(answer.clientDataJSON) };
  if (answer.attestationObject) {
    response.attestationObject = toBase64Url(answer.attestationObject);
    response.transports = answer.getTransports?.() ?? [];
  } else {
    response.authenticatorData = toBase64Url(answer.authenticatorData);
    response.signature = toBase64Url(answer.signature);
    if (answer.userHandle) response.userHandle = toBase64Url(answer.userHandle);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toBase64Url(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
  });
}

async function ask(form) {
  const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!/^application\/(problem\+)?json/.test(answer.headers.get("content-type") ?? "")) throw new Error("Reload the page and try again.");
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.detail ?? "Reload the page and try again.");
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: creationOptions(json) })
    : navigator.credentials.get({ publicKey: requestOptions(json) });
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const problem = form.querySelector("[data-passkey-problem]");
  problem.textContent = "";
  try {
    form.elements.Credential.value = asJson(await ask(form));
    form.submit();
  } catch (failure) {
    // The browser names every way a person or device can say no like this, on purpose.
    problem.textContent = failure.name === "NotAllowedError" ? "Nothing happened: it was cancelled, or there is no passkey for this site on this device."
      : failure.name === "InvalidStateError" ? "This device has a passkey for your account already."
      : failure.message;
  }
}

if (window.PublicKeyCredential) {
  for (const note of document.querySelectorAll("[data-passkey-off]")) note.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
}
