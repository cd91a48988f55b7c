using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace KnowledgeGraph.Api.Keys;

/// <summary>Who may do what: each scope is a policy, and each endpoint names the one that it needs or lets everybody in.</summary>
public static class Access
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>().AddSingleton<KeyRule>().AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddAuthentication(KeyAuthentication.Bearer).AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Bearer, null);
        // What no endpoint answers, a path that does not exist, is not told to those without a key either.
        var policies = services.AddAuthorizationBuilder().SetFallbackPolicy(PolicyOf(null));
        foreach (var scope in Scope.All)
            policies.AddPolicy(scope, PolicyOf(scope));
        return services;
    }

    /// <summary>Wherever keys are required, only one with this <see cref="Scope"/> gets in.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoints, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(scope);

    private static AuthorizationPolicy PolicyOf(string? scope) => new([new ScopeRequirement(scope)], []);

    private sealed record ScopeRequirement(string? Scope) : IAuthorizationRequirement;

    private sealed class ScopeHandler(KeyRule rule) : AuthorizationHandler<ScopeRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
        {
            var isMet = requirement.Scope is { } scope
                ? context.User.HasClaim(KeyAuthentication.ScopeClaim, scope)
                : context.User.Identity is { IsAuthenticated: true };
            if (isMet || !rule.IsRequired)
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
