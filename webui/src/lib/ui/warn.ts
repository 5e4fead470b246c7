// By itself: the sign-in draws this one only, and must not carry the others.
export const WARN = 'M12 4l9 16H3zM12 10v4M12 17v.2';
