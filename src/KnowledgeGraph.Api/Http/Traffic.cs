using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using KnowledgeGraph.Api.Keys;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace KnowledgeGraph.Api.Http;

/// <summary>How much one client may ask, and which web pages may ask at all.</summary>
public static class Traffic
{
    // Headers of answers that a page may read beside those that every page may.
    private static readonly string[] Exposed =
        [HeaderNames.ETag, HeaderNames.Link, HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, "Preference-Applied", Moments.SequenceHeader];

    public static IServiceCollection AddTraffic(this IServiceCollection services, KnowledgeGraphOptions options) => services
        .AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. options.CorsOrigins]).WithMethods("GET", "POST", "PUT", "DELETE").AllowAnyHeader().WithExposedHeaders(Exposed)))
        .AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => PartitionOf(context, options));
            limiter.OnRejected = RejectAsync;
        });

    /// <summary>One bucket for each key; for each address where there is no good key, so that guessing keys is limited too.</summary>
    private static RateLimitPartition<string> PartitionOf(HttpContext context, KnowledgeGraphOptions options)
    {
        var isRequired = context.RequestServices.GetRequiredService<KeyRule>().IsRequired;
        var client = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
        return RateLimitPartition.GetTokenBucketLimiter(client, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.RequestBurst ?? (isRequired ? 300 : 50_000),
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / (options.RequestsPerMinute ?? (isRequired ? 1_200 : 3_000_000)),
        });
    }

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, Math.Ceiling(wait.TotalSeconds)) : 1;
        var context = rejected.HttpContext;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Problems.TooManyRequests.With($"Ask again in {seconds} s.").ExecuteAsync(context);
    }
}
