using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using KnowledgeGraph.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace KnowledgeGraph.Api.Keys;

/// <summary>Who asks, by the key in <c>Authorization: Bearer</c> (RFC 6750); and the answers to those who may not.</summary>
internal sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Bearer = "Bearer";

    public const string ScopeClaim = "scope";

    private const string Realm = "Bearer realm=\"KnowledgeGraph\"";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization.ToString(), out var given)
            || !given.Scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        if (await keys.FindAsync(given.Parameter ?? "", Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail("The key is unknown or revoked.");
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, key.Id.ToString()), new Claim(ClaimTypes.Name, key.Name), .. key.Scopes.Select(scope => new Claim(ScopeClaim, scope))], Bearer);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var isGiven = (await HandleAuthenticateOnceAsync()).Failure is not null;
        Response.Headers.WWWAuthenticate = isGiven ? $"{Realm}, error=\"invalid_token\"" : Realm;
        await Problems.KeyRequired.With(isGiven ? "The key is unknown or revoked." : "The request has no key: 'Authorization: Bearer kg_…'.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
        Response.Headers.WWWAuthenticate = $"{Realm}, error=\"insufficient_scope\", scope=\"{scope}\"";
        return Problems.ScopeMissing.With($"This needs a key with the scope '{scope}'.").ExecuteAsync(Context);
    }
}
