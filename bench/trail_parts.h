/* What the parts of the generator say to each other. */
#ifndef TRAIL_PARTS_H
#define TRAIL_PARTS_H

#include "trail.h"

/* Who can do a thing; an event of the catalogue names all that may. */
enum trail_who {
    WHO_PERSON = 1,      /* console and command line */
    WHO_PIPELINE = 2,    /* a deployment role */
    WHO_APP = 4,         /* an instance role */
    WHO_AUDITOR = 8,     /* a scanner that looks everywhere and is often refused */
    WHO_FORWARD = 16,    /* a service in a user's name */
    WHO_SERVICE = 32,    /* a service in its own name */
    WHO_FOREIGN = 64,    /* a principal of another account */
    WHO_ROOT = 128,      /* the account's owner */
    WHO_NOBODY = 256,    /* an event of a service, no call */
    WHO_FEDERATED = 512, /* a web identity */
    WHO_STRANGER = 1024, /* somebody who cannot log in */
    WHO_LONE = 2048      /* the one who logs in once */
};

/* Traits of an event. */
enum trail_trait {
    EVENT_READ = 1,      /* readOnly */
    EVENT_GLOBAL = 2,    /* us-east-1 only */
    EVENT_S3 = 4,        /* host header and additionalEventData of S3 */
    EVENT_SCRIPTED = 8,  /* only where the story wants it */
    EVENT_BASELINE = 16, /* each plan holds it at least once */
    EVENT_NEW = 32       /* eventVersion 1.09 */
};

/* A kind of event. Texts are templates for trail_expand; NULL request and response are null. */
typedef struct trail_kind {
    const char *source, *name; /* source without .amazonaws.com */
    unsigned traits, weight, who;
    const char *request, *response;
    const char *extra;     /* additionalEventData */
    const char *resources; /* ARN template */
    const char *resource_type;
    const char *oops; /* "Code|message": an error of its own, now and then */
} trail_kind;

extern const trail_kind trail_kinds[];
extern const unsigned trail_kinds_n;
/* The index of a kind, which must exist. */
unsigned trail_kind_find(const char *source, const char *name);

enum trail_session { SESSION_CONSOLE = 1, SESSION_MFA = 2 };

/* Somebody who acts. */
typedef struct trail_actor {
    unsigned who, share; /* share among those who may do a thing */
    const char *name;    /* user, session or service */
    const char *role;    /* role behind the session */
    const char *agent;   /* userAgent */
    const char *address;
    unsigned session;    /* SESSION_*; 0 for a user is an access key */
    unsigned office;     /* works by day */
} trail_actor;

extern const trail_actor trail_actors[];
extern const unsigned trail_actors_n;
unsigned trail_actor_find(const char *name);

/* A record while it is written. */
typedef struct trail_scene {
    const trail_entry *entry;
    const trail_kind *kind;
    const trail_actor *actor;
    const char *account, *region;
    trail_random random;
    trail_text *out;
} trail_scene;

/* How a thing ends. */
enum trail_outcome { OUTCOME_DONE = 0, OUTCOME_DENIED, OUTCOME_THROTTLED, OUTCOME_OOPS };

/* Appends a template: ' stands for ", ` for \", @x for something drawn (the table is in
 * trail_expand.c). */
void trail_expand(trail_scene *scene, const char *template);
/* Appends the arn of the actor. */
void trail_put_arn(trail_scene *scene);
/* Appends the value of userIdentity. */
void trail_put_identity(trail_scene *scene);

#endif
