// An OpenID provider as a marketplace runs one: whoever types a name in is that person. Only for tests, only on loopback, for five minutes at most.
import { Provider } from "oidc-provider";

const [issuer, redirectUri] = process.argv.slice(2);
setTimeout(() => process.exit(2), 300_000);

const provider = new Provider(issuer, {
  clients: [{ client_id: "guildhall", client_secret: "kept between the two", redirect_uris: [redirectUri], grant_types: ["authorization_code"], response_types: ["code"], token_endpoint_auth_method: "client_secret_post" }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "shop"] },
  cookies: { keys: ["only for tests"] },
  pkce: { required: () => true },
  // What is typed in is the person's id, and carries what is known of them: mina|mina@example.com|shop-7
  findAccount: (_, id) => {
    const [name, email, shop] = id.split("|");
    return { accountId: id, claims: () => ({ sub: id, email, email_verified: email ? !email.startsWith("unverified") : undefined, name: `${name[0].toUpperCase()}${name.slice(1)} of the market`, shop }) };
  },
});
provider.proxy = true;
const server = provider.listen(0, "127.0.0.1", () => console.log(server.address().port));
