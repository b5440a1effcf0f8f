using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Guildhall.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;

namespace Guildhall.Modules.People;

/// <summary>Signing in with the marketplace's account: OAuth 2's code flow with PKCE (RFC 6749, RFC 7636), then the marketplace's own page about the person.</summary>
public sealed record MarketplaceLogin
{
    /// <summary>The name under which a person of the marketplace is kept (people.account_login). It never changes.</summary>
    public const string Scheme = "marketplace";

    public const string CallbackPath = "/sign-in/marketplace/back";

    const string Prefix = "GUILDHALL_OAUTH_";

    static readonly string[] needed = ["AUTHORIZE", "TOKEN", "USERINFO", "CLIENT_ID", "CLIENT_SECRET"];
    static readonly string[] others = ["SCOPES", "FIELD_SUBJECT", "FIELD_EMAIL", "FIELD_NAME", "FIELD_SELLER"];

    public required Uri Authorize { get; init; }
    public required Uri Token { get; init; }
    public required Uri UserInfo { get; init; }
    public required string ClientId { get; init; }
    public required string ClientSecret { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "email", "profile"];
    public string SubjectField { get; init; } = "sub";
    public string EmailField { get; init; } = "email";
    public string NameField { get; init; } = "name";

    /// <summary>Holds the marketplace's id of the shop; null where it tells none.</summary>
    public string? SellerField { get; init; }

    // The secret must not end in a log because a record prints its members.
    public override string ToString() => $"{Authorize.GetLeftPart(UriPartial.Authority)} as {ClientId}";

    /// <returns>Null when nothing of it is set.</returns>
    internal static Result<MarketplaceLogin?> Parse(IConfiguration settings)
    {
        var given = settings.AsEnumerable().Where(setting => setting.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(setting.Value))
            .ToDictionary(setting => setting.Key[Prefix.Length..].ToUpperInvariant(), setting => setting.Value!.Trim());
        if (given.Count == 0) return default(MarketplaceLogin);
        if (given.Keys.FirstOrDefault(key => !needed.Contains(key) && !others.Contains(key)) is { } unknown)
            return Refusal.Invalid("oauth", $"{Prefix}{unknown} is no setting. Those of the marketplace’s sign-in are {string.Join(", ", needed.Concat(others).Select(key => Prefix + key))}.");
        if (needed.FirstOrDefault(key => !given.ContainsKey(key)) is { } missing)
            return Refusal.Invalid("oauth", $"{Prefix}{missing} is not set. Signing in with the marketplace’s account takes {string.Join(", ", needed.Select(key => Prefix + key))}; set all of them, or none.");
        if (needed.Take(3).FirstOrDefault(key => !IsAddress(given[key])) is { } unreadable)
            return Refusal.Invalid("oauth", $"{Prefix}{unreadable} can’t be read. Give an address that begins with https://, such as https://accounts.example.com/oauth. Plain http:// is for this machine only.");

        return new MarketplaceLogin
        {
            Authorize = new(given["AUTHORIZE"]),
            Token = new(given["TOKEN"]),
            UserInfo = new(given["USERINFO"]),
            ClientId = given["CLIENT_ID"],
            ClientSecret = given["CLIENT_SECRET"],
            Scopes = given.GetValueOrDefault("SCOPES", "openid email profile").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
            SubjectField = given.GetValueOrDefault("FIELD_SUBJECT", "sub"),
            EmailField = given.GetValueOrDefault("FIELD_EMAIL", "email"),
            NameField = given.GetValueOrDefault("FIELD_NAME", "name"),
            SellerField = given.GetValueOrDefault("FIELD_SELLER"),
        };
    }

    static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) && address is { UserInfo: "", Fragment: "" };
}

/// <summary>The shared framework's OAuth handler, told of the marketplace.</summary>
static class MarketplaceScheme
{
    /// <summary>What the marketplace says of the person beside the standard claims.</summary>
    public const string SellerClaim = "marketplace_seller";

    public const string UnverifiedClaim = "email_unverified";

    static readonly TimeSpan patience = TimeSpan.FromSeconds(15);

    public static void AddMarketplaceLogin(this IServiceCollection services, MarketplaceLogin login)
    {
        services.AddSingleton(login);
        services.AddAuthentication().AddOAuth(MarketplaceLogin.Scheme, oauth =>
        {
            oauth.SignInScheme = IdentityConstants.ExternalScheme;
            oauth.CallbackPath = MarketplaceLogin.CallbackPath;
            (oauth.AuthorizationEndpoint, oauth.TokenEndpoint, oauth.UserInformationEndpoint) = (login.Authorize.ToString(), login.Token.ToString(), login.UserInfo.ToString());
            (oauth.ClientId, oauth.ClientSecret, oauth.UsePkce) = (login.ClientId, login.ClientSecret, true);
            oauth.Scope.Clear();
            foreach (var scope in login.Scopes) oauth.Scope.Add(scope);
            oauth.BackchannelTimeout = patience;
            // The way back is a link that the browser follows, so the cookie need not travel from other sites.
            (oauth.CorrelationCookie.Name, oauth.CorrelationCookie.SameSite, oauth.CorrelationCookie.SecurePolicy) = ("guildhall-round.", SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
            oauth.Events.OnCreatingTicket = context => AskWho(context, login);
            oauth.Events.OnAccessDenied = context => Back(context, "marketplace-declined");
            oauth.Events.OnRemoteFailure = context =>
            {
                context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Guildhall.MarketplaceLogin")
                    .LogWarning("Signing in with the marketplace’s account failed: {Reason}", context.Failure?.Message.ReplaceLineEndings(" "));
                return Back(context, "marketplace-failed");
            };
        });
    }

    static Task Back<T>(HandleRequestContext<T> context, string did) where T : AuthenticationSchemeOptions
    {
        context.Response.Redirect($"/sign-in?did={did}");
        context.HandleResponse();
        return Task.CompletedTask;
    }

    static async Task AskWho(OAuthCreatingTicketContext context, MarketplaceLogin login)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, login.UserInfo);
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        using var answer = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        if (!answer.IsSuccessStatusCode) throw new AuthenticationFailureException($"The page about the person answered {(int)answer.StatusCode}.");
        using var person = await Read(answer, context.HttpContext.RequestAborted);

        if (Text(person, login.SubjectField) is not { Length: > 0 } subject) throw new AuthenticationFailureException($"The page about the person has no “{login.SubjectField}”.");
        Add(ClaimTypes.NameIdentifier, subject);
        Add(ClaimTypes.Email, Text(person, login.EmailField));
        Add(ClaimTypes.Name, Text(person, login.NameField));
        if (login.SellerField is { } seller) Add(SellerClaim, Text(person, seller));
        // OpenID's word for an address that the marketplace has not tried. One that says nothing of it is believed.
        if (Text(person, "email_verified") is "false") Add(UnverifiedClaim, "true");

        void Add(string type, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value)) context.Identity!.AddClaim(new Claim(type, value.Trim()));
        }
    }

    static async Task<JsonDocument> Read(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(stop), cancellationToken: stop);
        }
        catch (JsonException unreadable)
        {
            throw new AuthenticationFailureException("The page about the person is not JSON.", unreadable);
        }
    }

    static string? Text(JsonDocument person, string field) => person.RootElement.ValueKind == JsonValueKind.Object && person.RootElement.TryGetProperty(field, out var value)
        ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), JsonValueKind.True => "true", JsonValueKind.False => "false", _ => null }
        : null;
}
